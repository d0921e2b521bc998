// One request to a node that may be going: what came back, or why nothing did. Owns deadlines; knows nothing of what is asked.
import type { Life } from './node.ts'

/** Longer than a node gives its database for an answer, so that what a client gives up is seldom. */
const patienceMillis = 15_000

export type Outcome =
  | { readonly outcome: 'answer'; readonly status: number; readonly headers: Headers; readonly json: unknown }
  /** Nothing of it reached anybody. */
  | { readonly outcome: 'not sent'; readonly why: string }
  | { readonly outcome: 'no answer'; readonly why: string }

const codeOf = (reason: unknown): string => {
  for (let at = reason; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code
  return reason instanceof Error ? reason.name : 'unknown'
}

export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: object
  readonly headers?: { readonly [name: string]: string }
}

export type Ask = (life: Life, asked: Asked) => Promise<Outcome>

export const asker =
  (key: string): Ask =>
  async ({ url }, { method, path, body, headers }) => {
    try {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patienceMillis),
      })
      return { outcome: 'answer', status: response.status, headers: response.headers, json: await response.json() }
    } catch (reason) {
      const why = codeOf(reason)
      return why === 'ECONNREFUSED' ? { outcome: 'not sent', why } : { outcome: 'no answer', why }
    }
  }

/** The code of a problem; empty where the answer is none. */
export const problemOf = (json: unknown): string =>
  typeof json === 'object' && json !== null && 'code' in json && typeof json.code === 'string' ? json.code : ''

/** The name of the request, as the server log has it. */
export const requestOf = (outcome: Outcome): { readonly request?: string } => {
  const request = outcome.outcome === 'answer' ? outcome.headers.get('x-request-id') : null
  return request === null ? {} : { request }
}

/** The tenant's part of the point that an answer names. */
export const revisionOf = (headers: Headers): number =>
  Number(/^\d+-(\d+)$/.exec(headers.get('konfig-point') ?? '')?.[1])
