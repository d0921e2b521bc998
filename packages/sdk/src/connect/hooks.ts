// What a program may listen in on, for its log and its tracing. Plain callbacks; none is ever given a key or a value.

export type Level = 'debug' | 'info' | 'warn' | 'error'

export interface LogEntry {
  readonly level: Level
  readonly message: string
  readonly [detail: string]: string | number | boolean | undefined
}

export interface RequestStart {
  readonly method: string
  /** Without the query. */
  readonly url: string
  /** Empty; what is put in here is sent, such as `traceparent`. */
  readonly headers: Record<string, string>
}

export interface RequestEnd {
  /** undefined: no answer came. */
  readonly status: number | undefined
}

/** A hook that throws is ignored. */
export interface Hooks {
  readonly log?: ((entry: LogEntry) => void) | undefined
  /** A request begins; what is returned is called when it ends. A stream ends when it is cut. */
  readonly request?: ((start: RequestStart) => ((end: RequestEnd) => void) | undefined) | undefined
  /** The client waits so many milliseconds before it asks again. */
  readonly wait?: ((millis: number, because: string) => void) | undefined
}

/** Calls what a user gave; whatever it throws is not ours. */
export const harmless = <Result>(call: () => Result): Result | undefined => {
  try {
    return call()
  } catch {
    return undefined
  }
}
