// What the stream and the poll are given to work with, and what the client is told by them. Types, and the query that both ask with.
import type { Asking } from '../connect/request.ts'
import type { Difference, Memory } from '../values/memory.ts'
import { formatPoint, isOlder, type Point } from '../values/point.ts'
import type { Scope } from '../values/scope.ts'
import type { Trouble } from './answer.ts'
import type { Clock } from './clock.ts'
import type { Waits } from './wait.ts'

export interface Pace extends Waits {
  /** Between two polls. */
  readonly poll: number
  /** How long an answer may take until it begins, and between two parts of it. */
  readonly answer: number
  /** How long a stream may take until its first event begins to come; a proxy that holds it back never lets it. */
  readonly firstEvent: number
  /** How long a stream may be silent: its heartbeats come more often. */
  readonly silence: number
  /** How long to poll before a stream is tried again. */
  readonly streamAgain: number
}

export interface Listening {
  /** The values are those of the server now. */
  readonly fresh: () => void
  readonly moved: (difference: Difference) => void
  readonly stale: (trouble: Trouble, detail: string | undefined) => void
  /** Something that is told and then lived with. */
  readonly complain: (code: 'garbage' | 'older', message: string) => void
}

export interface Follower {
  readonly scope: Scope
  readonly memory: Memory
  readonly asking: Asking
  readonly clock: Clock
  readonly random: () => number
  readonly pace: Pace
  readonly streaming: boolean
  readonly listening: Listening
  /** What the next answer must not be older than; forgotten once it was reached. */
  readonly wanted: { point: Point | undefined }
}

/** The largest answer that is read: twice what a server gives. */
export const largestAnswer = 64 * 1024 * 1024

type Query = Readonly<Record<string, string | undefined>>

/** A stream takes several namespaces at once. */
export const streamQuery = ({ environment, application, namespaces }: Scope): Query => ({
  environment,
  application,
  namespace: namespaces?.join(','),
})

/** A poll takes one namespace or all; of all, what is not followed is left out here. */
export const pollQuery = ({ environment, application, namespaces }: Scope): Query => ({
  environment,
  application,
  namespace: namespaces?.length === 1 ? namespaces[0] : undefined,
})

export const minimumPoint = ({ wanted }: Follower): string | undefined =>
  wanted.point === undefined ? undefined : formatPoint(wanted.point)

/** What was wanted is forgotten once it is there. */
export const settleWanted = ({ wanted, memory }: Follower): void => {
  const { point } = memory.origin()
  if (wanted.point === undefined || point === undefined || !isOlder(point, wanted.point)) wanted.point = undefined
}

/** A signal that ends with another one, or when `expire` is called. */
export const deadline = (
  clock: Clock,
  outer: AbortSignal,
): {
  readonly signal: AbortSignal
  readonly within: (millis: number) => void
  readonly end: () => void
  readonly expired: () => boolean
} => {
  const controller = new AbortController()
  const abort = (): void => {
    controller.abort()
  }
  let expired = false
  let callOff = (): void => undefined
  if (outer.aborted) abort()
  outer.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    within: (millis) => {
      callOff()
      callOff = clock.after(millis, () => {
        expired = true
        abort()
      })
    },
    end: () => {
      callOff()
      outer.removeEventListener('abort', abort)
      abort()
    },
    expired: () => expired,
  }
}
