// No list is a larger answer than another may be: 40 values of 1 MiB come in pages, and what has no pages is refused.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareEnvironments } from './changes/compare-values.ts'
import { compareStored } from './changes/compare.ts'
import { readCommit } from './changes/read.ts'
import { listConfigs } from './configs/list.ts'
import { readHistory } from './configs/history.ts'
import { fitting, mostPageBytes, openPageRoom } from './page-bytes.ts'
import { config, openWorld, override, put, refusalOf, type World } from './values/testing/world.ts'

const count = 40
const long = 'x'.repeat(2 ** 20 - 10)
let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.write('tenant', put('namespace', 'large'), config('large', 'again', { type: 'string', value: 'short' }))
  const keys = Array.from({ length: count }, (_, index) => `k${String(index).padStart(2, '0')}`)
  // Few enough for the work that one commit may take.
  const some = 8
  for (let from = 0; from < count; from += some)
    await world.write(
      'tenant',
      ...keys.slice(from, from + some).map((key) => config('large', key, { type: 'string', value: long })),
    )
  for (let version = 0; version < count; version++)
    await world.write('tenant', override('large', 'again', 'tenant', 'dev', `${version}${long}`.slice(0, 2 ** 20 - 10)))
  for (let from = 0; from < count; from += some)
    await world.write(
      'tenant',
      ...keys
        .slice(from, from + some)
        .map((key) => override('large', key, 'tenant', 'dev', `y${long}`.slice(0, 2 ** 20 - 10))),
    )
})
afterAll(() => world.close())

interface Part {
  readonly items: readonly unknown[]
  readonly next: string | null
}

/** All pages of a list: none may be too long, and each item comes once. */
const pages = async (read: (cursor: string | undefined) => Promise<Part>): Promise<readonly number[]> => {
  const lengths: number[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await read(cursor)
    expect(JSON.stringify(items).length).toBeLessThan(mostPageBytes * 1.01)
    lengths.push(items.length)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return lengths
}
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

describe('an answer of 200 MiB', () => {
  it('does not come of a list of configs', async () => {
    const lengths = await pages((cursor) => listConfigs(world.tenant(), 'large', { limit: 1000, cursor }))
    expect([sum(lengths), lengths.length]).toEqual([count + 1, 2])
    const sorted = await pages((cursor) => listConfigs(world.tenant(), 'large', { limit: 1000, cursor, sort: '-type' }))
    expect([sum(sorted), sorted.length]).toEqual([count + 1, 2])
  })

  it('does not come of a history', async () => {
    const where = { namespace: 'large', key: 'again' }
    const lengths = await pages((cursor) => readHistory(world.tenant(), where, { limit: 1000, cursor }))
    expect([sum(lengths), lengths.length]).toEqual([count + 1, 2])
  })

  it('does not come of a diff, of what is stored or of values', async () => {
    const stored = await pages((cursor) =>
      compareStored(world.tenant(), {
        from: '1',
        to: String(world.tenant().log.state().revision),
        limit: 1000,
        cursor,
      }),
    )
    expect(stored.length).toBeGreaterThan(2)
    expect(sum(stored)).toBe(2 * count + 3)
    const values = await pages((cursor) =>
      compareEnvironments(world.tenant(), {
        fromEnvironment: 'dev',
        toEnvironment: 'production',
        limit: 1000,
        cursor,
      }),
    )
    expect([sum(values), values.length]).toEqual([count + 1, 3])
  })

  it('does not come of a commit, which has no pages', async () => {
    // Before and after, 16 values of 1 MiB are more than an answer may hold.
    const changed = Array.from({ length: 16 }, (_, index) => `k${String(index).padStart(2, '0')}`)
    await world.write(
      'tenant',
      ...changed.map((key) => override('large', key, 'tenant', 'dev', `z${long}`.slice(0, 2 ** 20 - 10))),
    )
    const { revision } = world.tenant().log.state()
    expect(await refusalOf(readCommit(world.tenant(), revision))).toBe('too_large')
    expect((await readCommit(world.tenant(), 2)).diff).toHaveLength(2)
  })
})

describe('room on a page', () => {
  it('is used up by what is sent, within a hundredth, and always holds the first', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 65, maxLength: 300 }), { minLength: 1 }), (texts) => {
        const many = Array.from({ length: 2 ** 14 }, () => texts)
        const kept = many.slice(0, fitting(many))
        expect(kept.length).toBeGreaterThan(0)
        expect(kept.length === many.length || Buffer.byteLength(JSON.stringify(kept)) > mostPageBytes * 0.98).toBe(true)
        expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(mostPageBytes * 1.01)
      }),
      { numRuns: 3 },
    )
    const fits = openPageRoom()
    expect(fits('x'.repeat(2 * mostPageBytes))).toBe(true)
    expect(fits('x')).toBe(false)
  })
})
