// Writers that still believe in what another node has trimmed or erased meanwhile: they land nowhere.
import { describe, expect, it } from 'vitest'
import { batch, tablesOf } from '../testing/tables.ts'

const { empty, open } = tablesOf()
const day = 24 * 60 * 60 * 1000

const filled = async (count: number) => {
  const table = await empty()
  const [writer, other] = [await open(table), await open(table)]
  for (let first = 1; first <= count; first += 1) await writer.journal.append([batch(first)])
  return { table, writer: writer.journal, other: other.journal }
}

describe('a writer that knows the end of its log', () => {
  it('is told erased once another node has erased it, and nothing of it is stored', async () => {
    const { table, writer, other } = await filled(3)
    await other.erase('log')
    expect(await writer.append([batch(4)])).toEqual(['erased'])
    expect(await writer.append([batch(5)])).toEqual(['erased'])
    expect(await other.read('log', 0, 10)).toBe('erased')
    const later = await open(table, { clock: { now: () => Date.now() + 2 * day } })
    await later.records.sweep()
    for (const first of [1, 2, 4, 5]) expect(await other.append([batch(first)])).toEqual(['erased'])
    expect(await other.head('log')).toBe('erased')
    expect(await other.read('log', 3, 10)).toBe('erased')
  })

  it('never lands after an erasure has ended, however they race', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { writer, other } = await filled(1)
      const write = async (): Promise<void> => {
        for (let first = 2; (await writer.append([batch(first)]))[0] === 'landed'; ) first += 1
      }
      await Promise.all([write(), other.erase('log')])
      expect(await writer.head('log')).toBe('erased')
      expect(await writer.read('log', 0, 10)).toBe('erased')
    }
  })

  it('lands nowhere inside what another node has trimmed, and its log goes on', async () => {
    const { writer, other } = await filled(4)
    await other.trim('log', 4, Buffer.from('checkpoint'))
    for (const first of [1, 2, 3, 4])
      expect(await other.append([batch(first, Buffer.from('other'))])).toEqual(['conflict'])
    expect(await writer.append([batch(5)])).toEqual(['landed'])
    expect(await other.read('log', 2, 10)).toMatchObject([{ first: 1, last: 3 }, { first: 4 }, { first: 5 }])
  })

  it('lands nowhere where its own next place was trimmed away', async () => {
    const { writer, other } = await filled(2)
    for (const first of [3, 4]) await other.append([batch(first)])
    await other.trim('log', 4, Buffer.from('checkpoint'))
    expect(await writer.append([batch(3, Buffer.from('other'))])).toEqual(['conflict'])
    expect(await other.read('log', 0, 10)).toMatchObject([{ first: 1, last: 3 }, { first: 4 }])
  })

  it('finds the log dense after what was trimmed is swept', async () => {
    const { table, other } = await filled(5)
    await other.trim('log', 5, Buffer.from('checkpoint'))
    await (await open(table, { clock: { now: () => Date.now() + 2 * day } })).records.sweep()
    for (const after of [0, 1, 3])
      expect(await other.read('log', after, 10)).toMatchObject([{ first: 1, last: 4 }, { first: 5 }])
    expect(await other.append([batch(3, Buffer.from('other'))])).toEqual(['conflict'])
  })
})
