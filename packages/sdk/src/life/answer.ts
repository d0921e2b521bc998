// What an answer of the server means for a client that follows values. Owns the meaning of statuses; asks nobody anything.
import { isObject } from '../values/json.ts'
import { retryAfter } from './wait.ts'

/** Why values are stale, or could not be had. */
export type Trouble =
  /** No answer: no network, no server, or it fell silent. */
  | 'unreachable'
  /** 401: the key is wrong, revoked or expired. */
  | 'unauthenticated'
  /** 403: the key may not read this. */
  | 'denied'
  /** The server ended the stream because the key is no longer valid. */
  | 'revoked'
  /** 404: there is no such environment, namespace or application. */
  | 'not_found'
  /** 400 and other refusals that asking again does not change. */
  | 'refused'
  /** 429, 502, 503, 504. */
  | 'overloaded'
  /** Another error of the server. */
  | 'broken'
  /** What came was no answer of Konfig. */
  | 'garbage'
  /** The server answers with less than was seen before. */
  | 'older'

export const sentences: Readonly<Record<Trouble, string>> = {
  unreachable: 'the server did not answer in time. Look at the url and the network.',
  unauthenticated: 'the API key is wrong, revoked or expired.',
  denied: 'the API key may not read this.',
  revoked: 'the API key was revoked.',
  not_found: 'there is no such environment, namespace or application.',
  refused: 'the server refuses the question.',
  overloaded: 'the server is overloaded or starting.',
  broken: 'the server has an error.',
  garbage: 'what answers there is no Konfig server.',
  older: 'the server answers with an older state than was seen before.',
}

export interface Refusal {
  readonly status: number
  readonly code: string | undefined
  readonly detail: string | undefined
}

export type Attempt =
  /** A stream that had told something and then ended. */
  | { readonly kind: 'ended'; readonly lived: number }
  | { readonly kind: 'polled' }
  /** Streams cannot be had here; polling may. */
  | { readonly kind: 'unsuited' }
  /** Ask again at once, differently. */
  | { readonly kind: 'again' }
  | {
      readonly kind: 'failed'
      readonly trouble: Trouble
      readonly retryAfter?: number | undefined
      readonly refusal?: Refusal | undefined
    }

/** Troubles that a person must end; asked again slowly. */
export const isRefusal = (trouble: Trouble): boolean =>
  ['unauthenticated', 'denied', 'revoked', 'not_found', 'refused'].includes(trouble)

const troubleOf = (status: number): Trouble => {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'denied'
  if (status === 404) return 'not_found'
  if (status === 408 || status === 429 || status === 502 || status === 503 || status === 504) return 'overloaded'
  return status >= 400 && status < 500 ? 'refused' : status >= 500 ? 'broken' : 'garbage'
}

export const readProblem = (status: number, text: string): Refusal => {
  let problem: unknown
  try {
    problem = JSON.parse(text)
  } catch {
    problem = undefined
  }
  const { code, detail } = isObject(problem) ? problem : {}
  return {
    status,
    code: typeof code === 'string' ? code : undefined,
    detail: typeof detail === 'string' ? detail : undefined,
  }
}

/** An answer that is no 200 and no 304. */
export const failedBy = (status: number, headers: Headers, text: string): Extract<Attempt, { kind: 'failed' }> => ({
  kind: 'failed',
  trouble: troubleOf(status),
  retryAfter: retryAfter(headers),
  refusal: readProblem(status, text),
})
