// The form of a script of faults, as spec/vectors/README.md describes it. Types only.
import type { ConnectOptions } from '../connect/options.ts'
import type { Json } from '../values/json.ts'

export interface Event {
  readonly event?: string
  readonly id?: string
  readonly data?: Json
}

/** Text as it is, or an event to be written. */
export type Piece = string | Event

export type After = 'open' | 'end' | 'cut'

export type Answer =
  | { readonly drop: true }
  | { readonly hold: true }
  | { readonly stream: readonly Piece[]; readonly log?: string; readonly after?: After }
  | { readonly values: Json; readonly point: string; readonly etag?: string; readonly log?: string }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

export interface Request {
  readonly path: string
  /** Exactly these. */
  readonly query?: Readonly<Record<string, string>>
  /** At least these; null: must not be there. */
  readonly headers?: Readonly<Record<string, string | null>>
}

export interface Expected {
  readonly values?: Json
  readonly state?: string
  readonly reason?: string | null
  readonly point?: string
  readonly kept?: Json
}

export type Step =
  | { readonly request: Request; readonly answer: Answer }
  | { readonly send: readonly Piece[]; readonly after?: After }
  | { readonly connected: 'resolves' | 'rejects'; readonly code?: string }
  | { readonly expect: Expected }
  | { readonly get: string; readonly gives: Json }
  | { readonly reached: string }

export interface Script {
  readonly name: string
  readonly client: Pick<
    ConnectOptions,
    'environment' | 'application' | 'namespaces' | 'bootstrap' | 'timeout' | 'otherwise' | 'streaming' | 'pace'
  > & {
    readonly random?: number
    readonly cache?: {
      readonly text?: string
      readonly kept?: Json
      readonly unwritable?: true
      readonly unreadable?: true
    }
  }
  readonly steps: readonly Step[]
  readonly events: readonly (readonly Json[])[]
  readonly waits: readonly (readonly [millis: number, because: string])[]
}
