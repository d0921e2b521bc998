// What the SDK throws: problems that the server answered, and what is wrong on this side. Never holds a key or a value.

export interface ProblemIssue {
  readonly pointer?: string
  readonly code?: string
  readonly detail?: string
  readonly [more: string]: unknown
}

export interface ProblemFacts {
  readonly status: number
  /** Stable, from the list of problems: what programs go by. */
  readonly code: string
  readonly detail: string
  readonly data?: Readonly<Record<string, unknown>>
  readonly errors?: readonly ProblemIssue[]
  readonly requestId?: string | undefined
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number | undefined
}

/** A refusal of the server (RFC 9457). */
export interface KonfigProblem extends Error, ProblemFacts {
  readonly name: 'KonfigProblem'
}

/** Nothing could be had: no server, no answer in time, and nothing kept or given. */
export interface KonfigUnavailable extends Error {
  readonly name: 'KonfigUnavailable'
  readonly code: string
}

export const problem = (facts: ProblemFacts): KonfigProblem =>
  Object.assign(new Error(facts.detail), { name: 'KonfigProblem' as const, ...facts })

export const unavailable = (code: string, message: string, cause?: unknown): KonfigUnavailable =>
  Object.assign(new Error(message, cause === undefined ? {} : { cause }), { name: 'KonfigUnavailable' as const, code })

export const isKonfigProblem = (reason: unknown): reason is KonfigProblem =>
  reason instanceof Error && reason.name === 'KonfigProblem'

export const isKonfigUnavailable = (reason: unknown): reason is KonfigUnavailable =>
  reason instanceof Error && reason.name === 'KonfigUnavailable'
