// What a stream says and to whom: types only, so that the writer of bytes and the rules behind it can be written apart.
import type { Credentials } from '../identity/authenticate.ts'

/** One event, the same object for everybody who is sent it: what is made of it can be made once. */
export interface StreamEvent {
  readonly type: 'sync' | 'change' | 'revoked'
  /** The point that the listener is at after it. */
  readonly point: string
  /** JSON in one line. */
  readonly data: string
}

/** Who holds a stream open. Neither function may throw, and both return soon. */
export interface Listener {
  /** Shown again whenever what the caller may do has changed. */
  readonly credentials: Credentials
  readonly send: (event: StreamEvent) => void
  /** The stream is over; without an event the listener may come back at once. */
  readonly end: (event: StreamEvent | undefined) => void
}

/** A stream that is open. */
export interface OpenStream {
  /** What the listener begins with; undefined: it has everything already. */
  readonly first: StreamEvent | undefined
  /** Where the listener is now, for heartbeats; undefined while it is about to be told more. */
  readonly point: () => string | undefined
  /** To be called once, when the listener is gone. */
  readonly close: () => void
}

/** A stream that may be opened: everything was checked that needs waiting. */
export interface ReadyStream {
  /** `<platform log>.<tenant log>`: what points belong to. */
  readonly log: string
  /** Throws `limit_reached`. Synchronous: nothing is lost between the first event and the next. */
  readonly open: (listener: Listener) => OpenStream
}

/** What the listener had when it was cut. */
export interface Resume {
  /** As it came: a point, or anything. */
  readonly id: string
  readonly log: string | undefined
}

export interface StreamAsked {
  /** May be left out where the API key is bound to exactly one. */
  readonly environment?: string | undefined
  /** Names or ids; undefined: all that the caller may see. */
  readonly namespaces?: readonly string[] | undefined
  readonly application?: string | undefined
  readonly resume?: Resume | undefined
}

export interface StreamLimits {
  /** How long what happened is kept for those who were cut. */
  readonly keepMillis: number
  /** Bytes of what happened, for one follower and for all. */
  readonly followerBytes: number
  readonly totalBytes: number
  /** Followers that nobody listens to, kept so that their listeners can resume. */
  readonly idleFollowers: number
  /** Values that those hold, all together. */
  readonly idleValues: number
  /** How often credentials are looked at again for what no commit tells: expiry, sessions. */
  readonly recheckMillis: number
}

export const defaultStreamLimits: StreamLimits = {
  keepMillis: 5 * 60_000,
  followerBytes: 8 * 2 ** 20,
  totalBytes: 128 * 2 ** 20,
  idleFollowers: 2000,
  idleValues: 1_000_000,
  recheckMillis: 400,
}
