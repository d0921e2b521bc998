import type { Change, Commit } from '@konfig/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plainOf } from './plain.ts'
import { commits } from './testing/opened.ts'

const change = (text: string): Change => ({ op: 'delete', kind: 'config', id: text }) as unknown as Change

/** About as many changes as are written together, fewer, and several times as many. */
const some = fc
  .tuple(fc.constantFrom(0, 1, 249, 250, 251, 500, 501, 750), fc.string({ unit: 'binary' }))
  .map(([count, text]) => Array.from({ length: count }, (_, at) => change(`${at} ${text}`)))
const given: fc.Arbitrary<Commit> = fc
  .record({ changes: some, message: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }) })
  .map(
    ({ changes, message }) => ({ ...commits(1, 1)[0], changes, message, note: { changes: [] } }) as unknown as Commit,
  )

it('is what JSON says of the commits, however many changes they have', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 3 }), async (all) => {
      expect((await plainOf(all)).toString()).toBe(JSON.stringify(all))
    }),
  )
})

it('leaves others their turn while a large commit is written', async () => {
  let turns = 0
  let writing = true
  const count = (): void => {
    turns++
    if (writing) setImmediate(count)
  }
  setImmediate(count)
  const large = { ...commits(1, 1)[0], changes: Array.from({ length: 3000 }, () => change('x'.repeat(10_000))) }
  await plainOf([large as unknown as Commit])
  writing = false
  expect(turns).toBeGreaterThan(0)
})
