// `--limit`: how much of a list is wanted.
import { usage } from '../problem/problem.ts'
import { type Given, textOf } from '../verb.ts'

/** 0: all. */
export const limitOf = (given: Given): number => {
  const text = textOf(given, 'limit') ?? '100'
  return /^\d{1,9}$/.test(text)
    ? Number(text)
    : usage('--limit is not a whole number.', 'Such as --limit 20; 0 means all.')
}
