// Pages: together they are the whole list, each item once, in order, whatever the size of a page.
import { type Json, KonfigError } from '@konfig/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

const whole = (all: readonly Item[], query: PageQuery): readonly Item[] => {
  const found: Item[] = []
  let next: Page<Item>['next'] | undefined
  do {
    const part: Page<Item> = page(listing(all), { ...query, cursor: next ?? undefined })
    found.push(...part.items)
    next = part.next
  } while (next !== null)
  return found
}

const code = (action: () => unknown): string => {
  try {
    action()
  } catch (reason) {
    return reason instanceof KonfigError ? reason.failure.code : `${reason as Error}`
  }
  return 'done'
}

describe('pages', () => {
  it('together are the whole list in the order of names, either way', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 7 }), (all, limit) => {
        const names = all.map(({ name }) => name).sort()
        expect(whole(all, { limit }).map(({ name }) => name)).toEqual(names)
        expect(whole(all, { limit, sort: '-name' }).map(({ name }) => name)).toEqual(names.toReversed())
      }),
    )
  })

  it('together are the whole list in the order of a field, equal ones by name', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 7 }), (all, limit) => {
        const order = all.toSorted((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1))
        expect(whole(all, { limit, sort: 'size' })).toEqual(order)
        expect(whole(all, { limit, sort: '-size' })).toEqual(order.toReversed())
      }),
    )
  })

  it('hold only what the filters and the search leave', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 3 }), (all, limit, size) => {
        const found = whole(all, { limit, filters: { size }, q: 'A' })
        expect(found.map(({ name }) => name)).toEqual(
          all
            .filter((item) => item.size === size && item.name.toLowerCase().includes('a'))
            .map(({ name }) => name)
            .sort(),
        )
      }),
    )
  })

  it('read no further than they show', () => {
    let read = 0
    const names = Array.from({ length: 1000 }, (_, index) => String(index).padStart(4, '0'))
    const from = fromNames(names, (name) => {
      read++
      return name
    })
    page({ from }, { limit: 10 })
    expect(read).toBe(11)
  })

  it('refuse a cursor of another list or order, an unknown order and an unknown filter', () => {
    const all = [
      { name: 'a', size: 1 },
      { name: 'b', size: 2 },
    ]
    const { next } = page(listing(all), { limit: 1, sort: 'size' })
    expect(code(() => page(listing(all), { cursor: next ?? '', sort: 'name' }))).toBe('malformed_request')
    expect(code(() => page(listing(all), { cursor: 'x' }))).toBe('malformed_request')
    expect(code(() => page(listing(all), { cursor: encodeCursor({ sort: 'name' }) }))).toBe('malformed_request')
    expect(code(() => page(listing(all), { sort: 'colour' }))).toBe('malformed_request')
    expect(code(() => page(listing(all), { filters: { colour: 'red' } }))).toBe('malformed_request')
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
