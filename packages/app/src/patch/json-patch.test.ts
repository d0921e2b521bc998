// RFC 6902, operation by operation, and against what hostile patches try.
import type { Json } from '@konfig/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyJsonPatch } from './json-patch.ts'

const patched = (document: Json, ...operations: Json[]): unknown => {
  const result = applyJsonPatch(document, operations)
  return result.ok ? result.value : result.failure.code
}

describe('a JSON patch', () => {
  it.each([
    ['adds a member', { a: 1 }, { op: 'add', path: '/b', value: 2 }, { a: 1, b: 2 }],
    ['adds in place of a member', { a: 1 }, { op: 'add', path: '/a', value: 2 }, { a: 2 }],
    ['adds into an array', { a: [1, 3] }, { op: 'add', path: '/a/1', value: 2 }, { a: [1, 2, 3] }],
    ['adds at the end', { a: [1] }, { op: 'add', path: '/a/-', value: [2] }, { a: [1, [2]] }],
    ['removes a member', { a: 1, b: 2 }, { op: 'remove', path: '/a' }, { b: 2 }],
    ['removes an element', { a: [1, 2, 3] }, { op: 'remove', path: '/a/1' }, { a: [1, 3] }],
    ['replaces a value', { a: [1, 2] }, { op: 'replace', path: '/a/0', value: null }, { a: [null, 2] }],
    ['replaces the whole', { a: 1 }, { op: 'replace', path: '', value: { b: 1 } }, { b: 1 }],
    ['moves a value', { a: { x: 1 }, b: {} }, { op: 'move', from: '/a/x', path: '/b/y' }, { a: {}, b: { y: 1 } }],
    ['moves within an array', { a: [1, 2, 3] }, { op: 'move', from: '/a/0', path: '/a/2' }, { a: [2, 3, 1] }],
    ['copies a value', { a: [1] }, { op: 'copy', from: '/a', path: '/b' }, { a: [1], b: [1] }],
    [
      'tests whatever the order of members',
      { a: { x: 1, y: 2 } },
      { op: 'test', path: '/a', value: { y: 2, x: 1 } },
      { a: { x: 1, y: 2 } },
    ],
    ['reads ~0 and ~1', { 'a/b': 1, 'm~n': 2 }, { op: 'replace', path: '/a~1b', value: 3 }, { 'a/b': 3, 'm~n': 2 }],
    [
      'takes __proto__ as a name like any other',
      {},
      { op: 'add', path: '/__proto__', value: { x: 1 } },
      JSON.parse('{"__proto__":{"x":1}}'),
    ],
  ])('%s', (_title, document, operation, expected) => {
    expect(patched(document as Json, operation as Json)).toEqual(expected)
    expect(({} as { readonly x?: unknown }).x).toBeUndefined()
  })

  it.each([
    ['a path that leads to nothing', { op: 'remove', path: '/b' }],
    ['a path through nothing', { op: 'add', path: '/b/c', value: 1 }],
    ['a member of every object', { op: 'remove', path: '/constructor' }],
    ['an index beyond the end', { op: 'add', path: '/a/3', value: 1 }],
    ['an index with a leading zero', { op: 'replace', path: '/a/00', value: 1 }],
    ['a test that fails', { op: 'test', path: '/a', value: [2] }],
    ['a missing value', { op: 'add', path: '/x' }],
    ['a path that is no pointer', { op: 'add', path: 'x', value: 1 }],
    ['an unknown operation', { op: 'merge', path: '/a', value: 1 }],
    ['a value moved into itself', { op: 'move', from: '/o', path: '/o/p' }],
    ['the whole removed', { op: 'remove', path: '' }],
    ['what is no object', 7],
  ])('refuses %s', (_title, operation) => {
    expect(patched({ a: [1], o: { p: 1 } }, operation as Json)).toBe('patch_failed')
  })

  it('is all or nothing, and names the operation that stood in the way', () => {
    const document = { a: 1 }
    const result = applyJsonPatch(document, [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'remove', path: '/b' },
    ])
    expect(result).toMatchObject({ ok: false, failure: { code: 'patch_failed', data: { index: 1 } } })
    expect(document).toEqual({ a: 1 })
  })

  it('refuses what is no list, too many operations, and copies that double and double again', () => {
    expect(applyJsonPatch({}, { op: 'add' })).toMatchObject({ ok: false, failure: { code: 'malformed_request' } })
    const test: Json = { op: 'test', path: '', value: {} }
    expect(patched({}, ...Array.from({ length: 1001 }, () => test))).toBe('too_large')
    const doubling = Array.from({ length: 60 }, (_, index): Json => ({ op: 'copy', from: '/v', path: `/v/m${index}` }))
    expect(patched({ v: { x: 'x'.repeat(1000) } }, ...doubling)).toBe('too_large')
  })

  it('that adds and removes a member leaves the document as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.jsonValue(), (document, name, value) => {
        const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
        fc.pre(!Object.hasOwn(document, name))
        expect(patched(document as Json, { op: 'add', path, value: value as Json }, { op: 'remove', path })).toEqual(
          document,
        )
      }),
    )
  })
})

describe('a JSON patch of a large document', () => {
  it('touches what it changes, not all that stands beside it', () => {
    let read = 0
    const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, 1]))
    const watched = new Proxy(wide, {
      get: (target, name, receiver) => {
        read++
        return Reflect.get(target, name, receiver)
      },
    })
    const operations = Array.from({ length: 500 }, (_, index) => ({ op: 'add', path: `/value/z${index}`, value: 1 }))
    expect(applyJsonPatch({ value: watched }, operations)).toMatchObject({ ok: true })
    expect(read).toBeLessThanOrEqual(2 * 2000)
  })

  it('never changes the document that it was given, nor lets two places share one value', () => {
    const document = { a: { x: [1] } }
    const result = patched(
      document,
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'add', path: '/b/x/-', value: 2 },
      { op: 'remove', path: '/a/x/0' },
    )
    expect(result).toEqual({ a: { x: [] }, b: { x: [1, 2] } })
    expect(document).toEqual({ a: { x: [1] } })
  })
})
