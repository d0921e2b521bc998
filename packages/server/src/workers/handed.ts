// The connections that were handed to a worker and that it may not have taken yet. Where it dies first, node:cluster keeps them open for good, and
// their clients wait for an answer that nobody will give. Owns closing those; knows nothing of how they are handed round.
import type { ChildProcess } from 'node:child_process'

interface Connection {
  readonly close: () => void
}

const isConnection = (given: unknown): given is Connection =>
  typeof given === 'object' && given !== null && 'close' in given && typeof given.close === 'function'

/** Which listener it came in by: a worker is handed the next one of each only when it has taken the one before. */
const listenerOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'act' in message && message.act === 'newconn' && 'key' in message
    ? message.key
    : undefined

/** When this process ends, so do the connections that it has not taken. To close one that it has taken does nothing. */
export const closeUntaken = (process: ChildProcess): void => {
  const handed = new Map<unknown, Connection>()
  const send = process.send.bind(process) as (...words: readonly unknown[]) => boolean
  process.send = (...words: readonly unknown[]) => {
    const [message, connection] = words
    const listener = listenerOf(message)
    if (listener !== undefined && isConnection(connection)) handed.set(listener, connection)
    return send(...words)
  }
  process.once('exit', () => {
    for (const connection of handed.values()) connection.close()
    handed.clear()
  })
}
