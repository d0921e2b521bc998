// The exit code of each sort of failure, in this one place; docs/reference/cli.md lists them. Knows no command.
import type { Category } from '@konfig/core'

/** What core's categories do not have: mistakes on the command line, a "no" at a question, Ctrl-C, and differences that were asked for. */
export type Outcome = Category | 'usage' | 'declined' | 'different' | 'interrupted'

export const exitCodes: Readonly<Record<Outcome, number>> = {
  bug: 1,
  usage: 2,
  malformed: 2,
  invalid: 3,
  unauthenticated: 4,
  denied: 5,
  not_found: 6,
  conflict: 7,
  precondition_failed: 8,
  precondition_required: 8,
  too_large: 9,
  unsupported: 9,
  rate_limited: 10,
  unavailable: 11,
  declined: 12,
  different: 13,
  interrupted: 130,
}

/** What each code means, for the reference. */
export const exitMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'done'],
  [1, 'an error of ours, or of the server'],
  [2, 'the command line, or the request made from it, cannot be understood'],
  [3, 'what was sent breaks a rule'],
  [4, 'not logged in, or the credentials are not valid'],
  [5, 'not allowed'],
  [6, 'not found'],
  [7, 'in conflict with what is there'],
  [8, 'changed in the meantime, or a precondition is needed'],
  [9, 'too large, or in a format that is not read'],
  [10, 'too many requests, or a quota is used up'],
  [11, 'the server is away, or is not a Konfig server'],
  [12, 'not confirmed: nothing was done'],
  [13, 'there are differences, and `--exit-code` asked to say so'],
  [130, 'interrupted with Ctrl-C'],
]
