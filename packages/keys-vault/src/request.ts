// One request to the store's HTTP API, with a limit of time and a few tries. Owns what its answers mean; knows no keys.
import { setTimeout as wait } from 'node:timers/promises'
import { failure, KonfigError } from '@konfig/core'

const pauses = [100, 400]

export type Answer =
  | { readonly outcome: 'done'; readonly data: { readonly [field: string]: unknown } }
  /** What was asked makes no sense to it: 400 and 404, with its own words, which hold nothing of what was sent. */
  | { readonly outcome: 'invalid'; readonly status: number; readonly errors: readonly string[] }
  | { readonly outcome: 'denied' }

export const away = (cause?: unknown): KonfigError =>
  new KonfigError(failure('unavailable', { what: 'The key store', seconds: 1 }), cause === undefined ? {} : { cause })

const textsOf = (body: unknown): readonly string[] => {
  const errors = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : []
  return Array.isArray(errors) ? errors.filter((each) => typeof each === 'string') : []
}

const dataOf = (body: unknown): { readonly [field: string]: unknown } => {
  const found = body as { readonly data?: unknown; readonly auth?: unknown } | undefined
  const data = found?.data ?? found?.auth
  return typeof data === 'object' && data !== null ? (data as { readonly [field: string]: unknown }) : {}
}

export interface Wire {
  readonly headers: Readonly<Record<string, string>>
  /** How long an answer may take. */
  readonly patienceMillis: number
}

const once = async (url: string, { headers, patienceMillis }: Wire, body: object | undefined): Promise<Answer> => {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', 'x-vault-request': 'true', ...headers },
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMillis),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answered: unknown = await response.json().catch(() => undefined)
  if (response.ok) return { outcome: 'done', data: dataOf(answered) }
  if (response.status === 403) return { outcome: 'denied' }
  if (response.status === 400 || response.status === 404)
    return { outcome: 'invalid', status: response.status, errors: textsOf(answered) }
  // 429, 5xx, sealed, standby without a leader: all pass.
  throw away(new Error(`it answered ${response.status}`))
}

/** Rejects with `unavailable` where the store cannot be reached, is sealed or overloaded, also after a few tries. */
export const ask = async (url: string, wire: Wire, body?: object): Promise<Answer> => {
  for (const pause of [...pauses, undefined]) {
    try {
      return await once(url, wire, body)
    } catch (reason) {
      const timedOut = reason instanceof Error && reason.name === 'TimeoutError'
      // Whoever hangs is not asked again at once: others wait behind this.
      if (pause === undefined || timedOut) throw reason instanceof KonfigError ? reason : away(reason)
      await wait(pause * (0.5 + Math.random()))
    }
  }
  throw away()
}
