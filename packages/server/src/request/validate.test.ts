// What is said of a body that does not fit: where, by which rule, and at a bounded cost.
import { excerptOf } from '@konfig/core'
import Type from 'typebox'
import { describe, expect, it } from 'vitest'
import { validator } from './validate.ts'

const validate = validator(
  Type.Object(
    { changes: Type.Array(Type.Object({ op: Type.String() }, { additionalProperties: false })) },
    { additionalProperties: false },
  ),
  'body_invalid',
)

describe('what is wrong with a body', () => {
  it('is named field by field', () => {
    expect(validate({ changes: [{ op: 'put' }, { op: 1 }, { op: 'put', more: 1 }, {}] })).toEqual([
      { code: 'body_invalid', pointer: '/changes/1/op', detail: 'Must be string.' },
      { code: 'body_invalid', pointer: '/changes/2/more', detail: 'Not known here.' },
      { code: 'body_invalid', pointer: '/changes/3/op', detail: 'Must be given.' },
    ])
  })

  it('names the values that it may be, however many, and not that it is none of them', () => {
    const letters = Array.from({ length: 12 }, (_, index) => String.fromCharCode(97 + index))
    const asked = validator(
      Type.Object({
        letter: Type.Union(letters.map((letter) => Type.Literal(letter))),
        kind: Type.Literal('one'),
        limit: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      }),
      'body_invalid',
    )
    expect(asked({ letter: 'z', kind: 'one', limit: 1 })).toEqual([
      { code: 'body_invalid', pointer: '/letter', detail: `Must be one of ${letters.join(', ')}.` },
    ])
    expect(asked({ letter: 'a', kind: 'two', limit: -1 })).toEqual([
      { code: 'body_invalid', pointer: '/kind', detail: 'Must be one.' },
      { code: 'body_invalid', pointer: '/limit', detail: 'Must be >= 0.' },
      { code: 'body_invalid', pointer: '/limit', detail: 'Must be null.' },
    ])
  })

  it('is looked for at the beginning of a body of millions of parts, and never in all of it', () => {
    let read = 0
    const item = (op: unknown) => ({
      get op() {
        read++
        return op
      },
    })
    const changes = [item(7), ...Array.from({ length: 100_000 }, () => item('put'))]
    expect(validate({ changes })).toEqual([
      { code: 'body_invalid', pointer: '/changes/0/op', detail: 'Must be string.' },
    ])
    expect(read).toBeLessThan(30_000)
  })

  it('is said in general where it lies behind what was looked at, and nothing that was cut away is missed', () => {
    const changes = [...Array.from({ length: 100_000 }, () => ({ op: 'put' })), { op: 7 }]
    expect(validate({ changes })).toEqual([
      { code: 'body_invalid', pointer: '', detail: 'Not of the shape that is asked for.' },
    ])
    expect(excerptOf({ changes })).toMatchObject({ cut: true })
    expect(excerptOf({ a: [1, { b: null }] })).toEqual({ cut: false, value: { a: [1, { b: null }] } })
  })
})
