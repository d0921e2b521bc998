// This process as one of several workers of one machine: which it is, and its line to the parent. Owns nothing of what is said on it.
import { type Channel, openListeners } from '@konfig/journal'
import { type FromParent, type FromWorker, placeVariable, readMessage } from './message.ts'

export interface Worker {
  /** From 1; the one that takes its place has the same. */
  readonly number: number
  /** How many there are. */
  readonly of: number
  /** Of all that were started, the one that makes what an installation has once, and tells people of it. */
  readonly first: boolean
  /** To the other workers. */
  readonly channel: Channel
  /** Given this worker's metrics, answers how to get those of all. */
  readonly metricsOfAll: (own: () => Promise<string>) => () => Promise<string>
  /** Tells the parent that it serves. */
  readonly ready: () => void
}

/** A parent that does not answer keeps nobody waiting: then a worker tells its own. */
const patienceMillis = 3000

/** undefined where this process was started by a person or a service. */
export const joinWorkers = (): Worker | undefined => {
  const place = /^(\d+)\/(\d+)( first)?$/.exec(process.env[placeVariable] ?? '')
  delete process.env[placeVariable]
  if (place === null || process.send === undefined) return undefined
  const listeners = openListeners()
  const asked = new Map<number, (text: string) => void>()
  let own = async (): Promise<string> => ''
  let last = 0

  const send = (message: FromWorker): void => {
    // The parent is gone: this process is about to end, too.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
  }
  process.on('message', (given) => {
    const message = readMessage<FromParent>(given)
    if (message?.type === 'said') listeners.tell(message.topic, message.text)
    if (message?.type === 'are you there') send({ type: 'here' })
    if (message?.type === 'gathered') asked.get(message.id)?.(message.text)
    if (message?.type === 'metrics')
      own().then(
        (text) => send({ type: 'metrics', id: message.id, text }),
        () => undefined,
      )
  })

  const gather = (): Promise<string> => {
    last += 1
    const id = last
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    asked.set(id, resolve)
    const timer = setTimeout(() => {
      own().then(resolve, reject)
    }, patienceMillis)
    send({ type: 'gather', id })
    return promise.finally(() => {
      clearTimeout(timer)
      asked.delete(id)
    })
  }

  return {
    number: Number(place[1]),
    of: Number(place[2]),
    first: place[3] !== undefined,
    channel: {
      send: (topic, text) => send({ type: 'said', topic, text }),
      listen: listeners.add,
      close: async () => undefined,
    },
    metricsOfAll: (given) => {
      own = given
      return gather
    },
    ready: () => send({ type: 'ready' }),
  }
}
