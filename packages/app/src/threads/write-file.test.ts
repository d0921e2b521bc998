// Many values are written in a thread of their own: the text is the one that would have been written here.
import type { Json } from '@konfig/core'
import { describe, expect, it } from 'vitest'
import { writeHere, writeResolvedApart, writeStoredApart } from './write-file.ts'

const rowsOf = (count: number): readonly (readonly [string, Json])[] =>
  Array.from({ length: count }, (_, index) => [
    `section${index % 7}.key${index}`,
    index % 3 === 0 ? index : `v${index}`,
  ])
const many = rowsOf(2500)

describe('many values', () => {
  it('are the same text as if they were written here, whatever their groups', async () => {
    const groups = [
      { namespace: 'first', values: many },
      { namespace: 'empty', values: [] },
      { namespace: 'second', environment: 'production', values: rowsOf(3) },
    ]
    const stored = { of: 'stored', format: 'consul', layout: 'flat' } as const
    expect(await writeStoredApart(groups, 'consul', 'flat')).toBe(
      (writeHere(groups, stored) as { readonly value: string }).value,
    )
    const resolved = { of: 'resolved', format: 'yaml', layout: 'flat' } as const
    expect(await writeResolvedApart(groups, 'yaml', 'flat')).toBe(
      (writeHere(groups, resolved) as { readonly value: string }).value,
    )
  })

  it('are handed over however long each is', async () => {
    const long = 'ü'.repeat(300_000)
    const text = await writeResolvedApart(
      [
        {
          values: [
            ['a', long],
            ['b', long],
          ],
        },
      ],
      'json',
      'flat',
    )
    expect(JSON.parse(text)).toEqual({ a: long, b: long })
  })

  it('are refused for what the format cannot hold', async () => {
    const values = [...many, ['path', 'C:\\'] as const]
    await expect(writeStoredApart([{ namespace: 'first', values }], 'env', 'flat')).rejects.toMatchObject({
      failure: { code: 'value_unwritable' },
    })
    const colliding = [...many, ['section0.key0.x', 1] as const]
    await expect(writeResolvedApart([{ values: colliding }], 'json', 'nested')).rejects.toMatchObject({
      failure: { code: 'names_collide' },
    })
  })
})
