// A failure as the command line knows it: the server's problem, or one of our own, with a next step for people. Knows neither HTTP nor terminals.
import type { Outcome } from '../exit.ts'

export interface Problem {
  readonly code: string
  readonly outcome: Outcome
  /** One sentence or two: what was wrong, and where. */
  readonly detail: string
  /** What to do about it; a sentence. */
  readonly next?: string
  readonly status?: number
  readonly data?: { readonly [name: string]: unknown }
  readonly errors?: readonly unknown[]
  readonly requestId?: string
}

/** Thrown by whatever cannot go on; the way in turns it into output and an exit code. */
export class CommandError extends Error {
  readonly problem: Problem
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options)
    this.problem = problem
  }
}

/** By its shape: the bundle may hold this class more than once. */
export const isCommandError = (reason: unknown): reason is CommandError =>
  reason instanceof Error && typeof (reason as { readonly problem?: unknown }).problem === 'object'

export const refuse = (problem: Problem, cause?: unknown): never => {
  throw new CommandError(problem, cause === undefined ? undefined : { cause })
}

/** A mistake on the command line. */
export const usage = (detail: string, next?: string): never =>
  refuse({ code: 'usage', outcome: 'usage', detail, ...(next === undefined ? {} : { next }) })
