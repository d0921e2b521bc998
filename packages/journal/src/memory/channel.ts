// Channels within one process, for tests and trials: what one of them sends the others hear, in a later turn.
import { type Channel, type Listeners, openListeners } from '../channel.ts'

/** Answers how to open one more on the same air. */
export const openMemoryAir = (): (() => Channel) => {
  const all = new Set<Listeners>()
  return () => {
    const listeners = openListeners()
    all.add(listeners)
    return {
      send: (topic, text) => {
        for (const other of all) if (other !== listeners) setImmediate(() => other.tell(topic, text))
      },
      listen: listeners.add,
      close: async () => {
        all.delete(listeners)
      },
    }
  }
}
