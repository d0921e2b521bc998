// The one place that turns a failure into HTTP: status by category, the body by RFC 9457. Knows no route and no rule.
import { type Category, type Code, type Failure, failure, type Json, KonfigError } from '@konfig/core'

const statuses: Readonly<Record<Category, number>> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  denied: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  precondition_required: 428,
  unsupported: 415,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  bug: 500,
}

export const titles: Readonly<Record<Category, string>> = {
  malformed: 'The request cannot be read',
  invalid: 'The request breaks a rule',
  unauthenticated: 'Who is asking is not known',
  denied: 'Not allowed',
  not_found: 'Not found',
  conflict: 'In conflict with what is there',
  precondition_failed: 'Changed in the meantime',
  precondition_required: 'A precondition is needed',
  unsupported: 'Not in a format that is read here',
  too_large: 'Too large',
  rate_limited: 'Too many requests',
  unavailable: 'Not available at the moment',
  bug: 'An error of ours',
}

/** Where two codes share a category but HTTP has a word of its own for one of them. */
const exceptions: Partial<Readonly<Record<Code, number>>> = { method_not_allowed: 405 }

const quotaProblem = 'https://iana.org/assignments/http-problem-types#quota-exceeded'
export const problemMediaType = 'application/problem+json'

export interface Problem {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

export const statusOf = ({ category, code }: Failure): number => exceptions[code] ?? statuses[category]

const secondsOf = (data: Failure['data'], otherwise: number): number => {
  const seconds = data['seconds']
  return typeof seconds === 'number' && seconds > 0 ? Math.ceil(seconds) : otherwise
}

/** What a `bug` says is for the server log: outside it has a request id and nothing else. */
const shown = (reason: Failure): Failure => (reason.category === 'bug' ? failure('bug') : reason)

/** `random` spreads those who come back after a 503, so that they do not come all at once. */
export const problemOf = (reason: Failure, requestId: string, random: () => number = Math.random): Problem => {
  const { code, category, detail, data, errors } = shown(reason)
  const status = statusOf(reason)
  const headers: Record<string, string> = {}
  if (category === 'unauthenticated') headers['www-authenticate'] = 'Bearer realm="konfig"'
  if (category === 'rate_limited') headers['retry-after'] = String(secondsOf(data, 60))
  if (category === 'unavailable') headers['retry-after'] = String(secondsOf(data, 1) + Math.floor(random() * 3))
  const body: Record<string, unknown> = {
    type: category === 'rate_limited' ? quotaProblem : `/docs/problems#${code}`,
    title: titles[category],
    status,
    detail,
    code,
    data: data satisfies { readonly [name: string]: Json },
    ...(errors === undefined ? {} : { errors }),
    requestId,
  }
  return { status, headers, body: JSON.stringify(body) }
}

/** The failure that something thrown stands for; whatever nobody named is a bug of ours. */
export const failureOf = (reason: unknown): Failure => (reason instanceof KonfigError ? reason.failure : failure('bug'))
