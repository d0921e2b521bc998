import { refusalOf } from '../identity/testing/world.ts'
import { describe, expect, it } from 'vitest'
import { readApart } from './read-file.ts'

const fileOf = (length: number) => ({ text: `a=${'x'.repeat(length)}`, format: 'env', namespace: 'app' }) as const
const all = (length: number, count: number): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: count }, () => refusalOf(readApart(fileOf(length)))))

describe('files that are read apart', () => {
  it('wait for one another where they are of middle size', async () => {
    expect(await all(20_000, 6)).toEqual(Array.from({ length: 6 }, () => 'done'))
  })

  it('are refused beyond a few where they are large, and read again after that', async () => {
    expect((await all(300_000, 4)).filter((each) => each === 'overloaded')).toHaveLength(2)
    expect(await all(300_000, 1)).toEqual(['done'])
  })
})
