// What nodes of one installation say to each other beside the journal. Owns who may be believed: whoever has the installation's key.
// Knows nothing of what is said, and promises nothing of it: all of it may be lost.
import type { Channel } from '@konfig/journal'

export interface Nodes {
  /** This node, for as long as it runs. */
  readonly id: string
  /** False where nobody could hear: a node that stands alone. */
  readonly together: boolean
  readonly tell: (topic: string, text: string) => void
  /** Hears what nodes of this installation said on this topic, not this one itself. Answers how to stop. */
  readonly hear: (topic: string, listener: (text: string) => void) => () => void
}

const marked = 22
/** Of characters; no node says more at once. What a stranger sends is thrown out before anybody takes trouble with it. */
const longest = 256 * 1024

/** `keyedHash` is the installation's: several may share one channel, and strangers may speak on it. */
export const openNodes = (channel: Channel | undefined, keyedHash: (text: string) => string, id: string): Nodes => {
  if (channel === undefined) return { id, together: false, tell: () => undefined, hear: () => () => undefined }
  const place = `konfig.${keyedHash('channel').slice(0, marked)}`
  const markOf = (topic: string, text: string): string => keyedHash(`said ${topic} ${text}`).slice(0, marked)
  return {
    id,
    together: true,
    tell: (topic, text) => channel.send(`${place}.${topic}`, markOf(topic, text) + text),
    hear: (topic, listener) =>
      channel.listen(`${place}.${topic}`, (given) => {
        if (given.length > longest) return
        const text = given.slice(marked)
        if (markOf(topic, text) === given.slice(0, marked)) listener(text)
      }),
  }
}
