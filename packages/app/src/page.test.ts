// Pages: together they are the whole list, each item once, in order, whatever the size of a page.
import type { Json } from '@konfig/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from './identity/testing/world.ts'
import {
  decodeCursor,
  encodeCursor,
  fromNames,
  type Listing,
  mergeNames,
  type Page,
  page,
  type PageQuery,
} from './page.ts'

interface Item {
  readonly name: string
  readonly size: number
}

const items = fc.uniqueArray(
  fc.record({ name: fc.string({ minLength: 1, maxLength: 4 }), size: fc.integer({ min: 0, max: 3 }) }),
  { selector: ({ name }) => name, maxLength: 30 },
)

const listing = (all: readonly Item[]): Listing<Item> => {
  const byName = new Map(all.map((item) => [item.name, item]))
  return {
    from: fromNames([...byName.keys()].sort(), (name) => byName.get(name)),
    text: ({ name }) => [name],
    fields: { size: ({ size }) => size },
  }
}

const whole = async (all: readonly Item[], query: PageQuery): Promise<readonly Item[]> => {
  const found: Item[] = []
  let next: Page<Item>['next'] | undefined
  do {
    const part: Page<Item> = await page(listing(all), { ...query, cursor: next ?? undefined })
    found.push(...part.items)
    next = part.next
  } while (next !== null)
  return found
}

describe('pages', () => {
  it('together are the whole list in the order of names, either way', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 7 }), async (all, limit) => {
        const names = all.map(({ name }) => name).sort()
        expect((await whole(all, { limit })).map(({ name }) => name)).toEqual(names)
        expect((await whole(all, { limit, sort: '-name' })).map(({ name }) => name)).toEqual(names.toReversed())
      }),
    )
  })

  it('together are the whole list in the order of a field, equal ones by name', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 7 }), async (all, limit) => {
        const order = all.toSorted((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1))
        expect(await whole(all, { limit, sort: 'size' })).toEqual(order)
        expect(await whole(all, { limit, sort: '-size' })).toEqual(order.toReversed())
      }),
    )
  })

  it('hold only what the filters and the search leave', async () => {
    await fc.assert(
      fc.asyncProperty(
        items,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        async (all, limit, size) => {
          const found = await whole(all, { limit, filters: { size }, q: 'A' })
          expect(found.map(({ name }) => name)).toEqual(
            all
              .filter((item) => item.size === size && item.name.toLowerCase().includes('a'))
              .map(({ name }) => name)
              .sort(),
          )
        },
      ),
    )
  })

  it('read no further than they show', async () => {
    let read = 0
    const names = Array.from({ length: 1000 }, (_, index) => String(index).padStart(4, '0'))
    const from = fromNames(names, (name) => {
      read++
      return name
    })
    await page({ from }, { limit: 10 })
    expect(read).toBe(11)
  })

  it('of a field show the first of thousands', async () => {
    const all = Array.from({ length: 5000 }, (_, index) => ({ name: String(index), size: (index * 7919) % 5000 }))
    const { items: shown } = await page(listing(all), { limit: 3, sort: 'size', q: '1' })
    const expected = all.filter(({ name }) => name.includes('1')).sort((a, b) => a.size - b.size)
    expect(shown).toEqual(expected.slice(0, 3))
  })

  it('leave others their turn while they look through a long list', async () => {
    let turns = 0
    let looking = true
    const count = (): void => {
      turns++
      if (looking) setImmediate(count)
    }
    setImmediate(count)
    const names = Array.from({ length: 50 }, (_, index) => String(index).padStart(2, '0'))
    const from = fromNames(names, (name) => {
      const until = performance.now() + 2
      while (performance.now() < until);
      return name
    })
    for (const sort of ['name', 'length']) {
      turns = 0
      await page({ from, fields: { length: (name) => name.length } }, { q: 'none', sort })
      expect(turns).toBeGreaterThan(3)
    }
    looking = false
  })

  it('refuse a cursor of another list or order, an unknown order and an unknown filter', async () => {
    const all = [
      { name: 'a', size: 1 },
      { name: 'b', size: 2 },
    ]
    const { next } = await page(listing(all), { limit: 1, sort: 'size' })
    expect(await refusalOf(page(listing(all), { cursor: next ?? '', sort: 'name' }))).toBe('malformed_request')
    expect(await refusalOf(page(listing(all), { cursor: 'x' }))).toBe('malformed_request')
    expect(await refusalOf(page(listing(all), { cursor: encodeCursor({ sort: 'name' }) }))).toBe('malformed_request')
    expect(await refusalOf(page(listing(all), { sort: 'colour' }))).toBe('malformed_request')
    expect(await refusalOf(page(listing(all), { filters: { colour: 'red' } }))).toBe('malformed_request')
  })
})

describe('cursors', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as Json
        expect(decodeCursor(encodeCursor(plain), () => true)).toEqual(plain)
      }),
    )
  })
})

describe('merged names', () => {
  it('are sorted, each once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.uniqueArray(fc.string()), (a, b) => {
        expect(mergeNames(a.toSorted(), b.toSorted())).toEqual([...new Set([...a, ...b])].sort())
      }),
    )
  })
})
