// Sealed-looking batches for the suites: random bytes, so that no two writers have the same by chance.
import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import type { Batch, Journal, Landing } from '../journal.ts'

export const log = 'log-1'

export const batch = (
  first: number,
  last = first,
  of: { readonly log?: string; readonly payload?: Uint8Array } = {},
): Batch => ({
  log: of.log ?? log,
  first,
  last,
  payload: of.payload ?? randomBytes(40),
})

export const land = async (journal: Journal, one: Batch): Promise<Landing | undefined> =>
  (await journal.append([one]))[0]

/** Appends batches of these sizes from the start of a log and answers them. */
export const fill = async (journal: Journal, sizes: readonly number[], id = log): Promise<readonly Batch[]> => {
  const batches: Batch[] = []
  let head = 0
  for (const size of sizes) {
    const next = batch(head + 1, head + size, { log: id })
    if ((await land(journal, next)) !== 'landed') throw new Error(`could not fill ${id} at ${head + 1}`)
    batches.push(next)
    head += size
  }
  return batches
}

/** Everything that a log answers from a revision on, page by page. */
export const readAll = async (journal: Journal, id = log, after = 0, limit = 1000): Promise<readonly Batch[]> => {
  const all: Batch[] = []
  for (let at = after; ; ) {
    const page = await journal.read(id, at, limit)
    if (page === 'erased') throw new Error(`${id} is erased`)
    if (page.length === 0) return all
    for (const { log: from, first, last, payload } of page)
      all.push({ log: from, first, last, payload: Buffer.from(payload) })
    at = page.at(-1)?.last ?? at
  }
}

export const ends = (batches: readonly Batch[]): readonly (readonly [number, number])[] =>
  batches.map(({ first, last }) => [first, last])

/** The code with which a promise is refused, or undefined where it is not. */
export const codeOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: { readonly failure?: { readonly code?: unknown } }) => error.failure?.code ?? error,
  )

/** What is answered by whoever is soon tired and finds the store again a moment after it is back: the first answer that is not `unavailable`. */
export const onceThere = async <T>(ask: () => Promise<T>): Promise<T> => {
  let answer: Promise<T> | undefined
  const asked = (): Promise<unknown> => {
    answer = ask()
    return codeOf(answer)
  }
  await expect.poll(asked, { timeout: 60_000 }).not.toBe('unavailable')
  return answer ?? ask()
}

/** What must be there for the test to make sense. */
export const sure = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('expected a value')
  return value
}
