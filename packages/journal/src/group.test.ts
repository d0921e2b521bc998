import { describe, expect, it } from 'vitest'
import { openGroup } from './group.ts'
import type { Batch, Landing } from './journal.ts'
import { Unknown } from './unknown.ts'

const batch = (log: string, first: number, size = 1): Batch => ({
  log,
  first,
  last: first,
  payload: new Uint8Array(size),
})
const name = ({ log, first }: Batch): string => `${log}${first}`

/** Statements wait until they are told how they end. */
const bench = () => {
  const sent: {
    readonly names: readonly string[]
    readonly end: (landings?: readonly Landing[] | Error) => Promise<void>
  }[] = []
  const group = openGroup(
    (batches) =>
      new Promise((resolve, reject) => {
        sent.push({
          names: batches.map(name),
          end: async (landings = batches.map(() => 'landed')) => {
            if (landings instanceof Error) reject(landings)
            else resolve(landings)
            await new Promise(setImmediate)
          },
        })
      }),
  )
  return { sent, group, turn: () => new Promise(setImmediate) }
}

describe('batches that wait together', () => {
  it('share a statement, each with its own answer', async () => {
    const { sent, group, turn } = bench()
    const landings = Promise.all([group(batch('a', 1)), group(batch('b', 1)), group(batch('c', 1))])
    await turn()
    expect(sent.map(({ names }) => names)).toEqual([['a1', 'b1', 'c1']])
    await sent[0]?.end(['landed', 'conflict', 'erased'])
    expect(await landings).toEqual(['landed', 'conflict', 'erased'])
  })

  it('of one log go in order, one at a time, while other logs go on', async () => {
    const { sent, group, turn } = bench()
    for (const one of [batch('a', 1), batch('a', 2), batch('b', 1)]) void group(one)
    await turn()
    void group(batch('c', 1))
    await turn()
    expect(sent.map(({ names }) => names)).toEqual([['a1', 'b1'], ['c1']])
    await sent[0]?.end()
    expect(sent.at(-1)?.names).toEqual(['a2'])
  })

  it('wait for a statement to end once as many run as may, and then go together', async () => {
    const { sent, group, turn } = bench()
    for (const log of ['a', 'b', 'c', 'd', 'e']) {
      void group(batch(log, 1))
      await turn()
    }
    expect(sent.map(({ names }) => names)).toEqual([['a1'], ['b1'], ['c1']])
    await sent[1]?.end()
    expect(sent.at(-1)?.names).toEqual(['d1', 'e1'])
  })

  it('go alone where they are large', async () => {
    const { sent, group, turn } = bench()
    for (const one of [batch('a', 1, 2_000_000), batch('b', 1), batch('c', 1)]) void group(one)
    await turn()
    expect(sent.map(({ names }) => names)).toEqual([['a1'], ['b1', 'c1']])
  })

  it('are all told what became of their statement, and later ones are sent all the same', async () => {
    const { sent, group, turn } = bench()
    const lost = Promise.all([group(batch('a', 1)), group(batch('b', 1))])
    await turn()
    await sent[0]?.end(new Unknown('lost'))
    expect(await lost).toEqual(['unknown', 'unknown'])
    const refused = group(batch('a', 1)).catch(String)
    await turn()
    await sent[1]?.end(new Error('away'))
    expect(await refused).toBe('Error: away')
    void group(batch('a', 1))
    await turn()
    expect(sent.at(-1)?.names).toEqual(['a1'])
  })
})
