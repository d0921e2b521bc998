// What it means for people when a request fails: no answer at all, an answer that is not Konfig's, or a refusal. Pure.
import type { Outcome } from '../exit.ts'
import type { Problem } from '../problem/problem.ts'
import { asFlags } from './as-flags.ts'
import type { Reply } from './send.ts'

interface Asked {
  readonly url: string
  readonly urlFrom: string
}

const hostOf = (url: string): string => new URL(url).host

const elsewhere = ({ urlFrom }: Asked): string =>
  urlFrom === 'default'
    ? 'Start one with `konfig serve`, or name another with --url, KONFIG_URL or `konfig login --url`.'
    : `Check the address (it comes from ${urlFrom === 'profile' ? 'the profile' : urlFrom}), and that the server runs.`

const trust =
  'Name the authority that signed it in KONFIG_CA_FILE (a PEM file), or mend the certificate; it is never ignored.'

const tls: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by itself and not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'is signed by an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'is signed by an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT: 'is signed by an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is signed by an authority that is not known',
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet; check the clock',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
  CERT_SIGNATURE_FAILURE: 'is not genuine',
}

const silent: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'is not a known name',
  EAI_AGAIN: 'could not be looked up',
  ETIMEDOUT: 'did not answer in time',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ECONNRESET: 'closed the connection before the whole answer was here',
  EPIPE: 'closed the connection before it had read the request',
}

const codesOf = (reason: unknown): readonly string[] => {
  if (typeof reason !== 'object' || reason === null) return []
  const { code, errors } = reason as { readonly code?: unknown; readonly errors?: unknown }
  return [...(typeof code === 'string' ? [code] : []), ...(Array.isArray(errors) ? errors.flatMap(codesOf) : [])]
}

/** No answer came. */
export const unreachable = (asked: Asked, reason: unknown): Problem => {
  const codes = codesOf(reason)
  const host = hostOf(asked.url)
  const away = (detail: string, next: string): Problem => ({
    code: 'unreachable',
    outcome: 'unavailable',
    detail,
    next,
  })
  for (const code of codes) {
    const certificate = tls[code]
    if (certificate !== undefined) return away(`The certificate of ${host} ${certificate}.`, trust)
    if (code === 'ANSWER_TOO_LARGE')
      return {
        code: 'too_large',
        outcome: 'too_large',
        detail: `${host} sends more than can be taken.`,
        next: 'Ask for less at a time.',
      }
    if (code.startsWith('HPE_') || code === 'ERR_HTTP_INVALID_HEADER_VALUE')
      return away(`${host} does not speak HTTP.`, elsewhere(asked))
    if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
      return away(`${host} does not speak TLS as this does.`, 'If it serves plain HTTP, write http:// in its address.')
  }
  const told = codes.map((code) => silent[code]).find((text) => text !== undefined)
  return away(`${host} ${told ?? `cannot be asked (${codes[0] ?? 'unknown'})`}.`, elsewhere(asked))
}

/** Something answered that is no Konfig server. */
export const foreign = (asked: Asked, { status, headers }: Reply): Problem => {
  const type = (headers['content-type'] ?? 'no type').split(';', 1)[0]
  const moved = status >= 300 && status < 400
  return {
    code: 'not_konfig',
    outcome: 'unavailable',
    status,
    detail: `${hostOf(asked.url)} answered ${status} with ${type}, which is not an answer of Konfig.`,
    next: moved
      ? 'It sends elsewhere, which is not followed with credentials: use the address it moved to.'
      : status === 502 || status === 504
        ? 'A proxy stands before it and cannot reach Konfig: see that the server runs.'
        : 'See that the address is the one of Konfig itself; a proxy may stand before it.',
  }
}

const outcomes: Readonly<Record<number, Outcome>> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'denied',
  404: 'not_found',
  405: 'not_found',
  409: 'conflict',
  412: 'precondition_failed',
  413: 'too_large',
  415: 'unsupported',
  422: 'invalid',
  428: 'precondition_required',
  429: 'rate_limited',
  500: 'bug',
  503: 'unavailable',
}

/** Where the server speaks of what a request lacks, which nobody typed. */
const ownWords: Readonly<Record<string, string>> = {
  environment_required: 'No environment is named.',
}

const list = (value: unknown): string | undefined =>
  Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : undefined

const nextOf = (code: string, outcome: Outcome, data: { readonly [name: string]: unknown }): string | undefined => {
  if (code === 'login_failed') return undefined
  if (code === 'environment_required')
    return `Name one with --environment: ${list(data['choices']) ?? 'see `konfig environment list`'}; or settle it with KONFIG_ENVIRONMENT.`
  if (code === 'tenant_suspended') return 'Ask the operator of the platform.'
  if (code === 'registration_closed') return 'Ask for an invitation, then `konfig invitation accept`.'
  if (outcome === 'unauthenticated') return 'Log in with `konfig login`, or set KONFIG_API_KEY.'
  if (outcome === 'denied')
    return 'See what you may do with `konfig whoami`; somebody with more rights can give you a role or a key.'
  if (outcome === 'precondition_failed') return 'Look at what is there now, then try again.'
  return undefined
}

const withFlags = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null) return error
  const { detail } = error as { readonly detail?: unknown }
  return typeof detail === 'string' ? { ...error, detail: asFlags(detail) } : error
}

/** A refusal in the form of RFC 9457; undefined where the answer is none. */
export const refusal = ({ status, headers, text }: Reply): Problem | undefined => {
  if (!/^application\/(problem\+)?json\b/.test(headers['content-type'] ?? '')) return undefined
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof read !== 'object' || read === null) return undefined
  const { code, detail, data, errors, requestId } = read as { readonly [name: string]: unknown }
  if (typeof code !== 'string' || typeof detail !== 'string') return undefined
  const outcome = outcomes[status] ?? (status >= 500 ? 'bug' : 'malformed')
  const facts = typeof data === 'object' && data !== null ? (data as { readonly [name: string]: unknown }) : {}
  const next = nextOf(code, outcome, facts)
  return {
    code,
    outcome,
    detail: ownWords[code] ?? asFlags(detail),
    status,
    data: facts,
    ...(Array.isArray(errors) ? { errors: errors.map(withFlags) } : {}),
    ...(typeof requestId === 'string' ? { requestId } : {}),
    ...(next === undefined ? {} : { next }),
  }
}
