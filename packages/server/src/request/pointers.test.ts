// Where refusals point: into what was sent, whichever way it was sent.
import { failure } from '@konfig/core'
import Type from 'typebox'
import { describe, expect, it } from 'vitest'
import { inTermsOf } from './pointers.ts'

const text = Type.String()
const put = {
  path: Type.Object({ ns: text, key: text }),
  query: Type.Object({ environment: text }),
  body: Type.Object({ type: text, value: text, validation: text }),
  refuses: ['value_invalid'],
} as const
const create = { ...put, path: Type.Object({ ns: text }), body: Type.Object({ key: text, value: text }) }
const list = { body: Type.Object({ changes: text }), refuses: ['changes_rejected', 'revision_moved'] } as const

const named = (pointer: string) => failure('name_invalid', { pointer, rule: 'use letters' })

describe('a refusal of one resource', () => {
  it('points into the body, in its sentence, its data and its list', () => {
    const pointer = '/spec/validation/min'
    const data = { namespace: 'n', key: 'k', pointer, rule: `${pointer} must not be above max` }
    const { detail } = failure('definition_invalid', data)
    const told = inTermsOf(
      put,
      failure('definition_invalid', data, [{ index: 0, code: 'definition_invalid', detail, pointer }]),
    )
    const said = 'The definition of n/k is not usable: /validation/min must not be above max.'
    expect(told).toMatchObject({
      detail: said,
      data: { pointer: '/validation/min', rule: '/validation/min must not be above max' },
    })
    expect(told.errors).toEqual([{ code: 'definition_invalid', detail: said, pointer: '/validation/min' }])
  })

  it('points to the path and the query where name and place were sent there', () => {
    expect(inTermsOf(create, named('/metadata/name')).detail).toBe('The name at /key is not allowed: use letters.')
    expect(inTermsOf(put, named('/metadata/name')).data['pointer']).toBe('/path/key')
    expect(inTermsOf(put, named('/metadata/namespace')).data['pointer']).toBe('/path/ns')
    expect(inTermsOf(put, named('/metadata/environment')).data['pointer']).toBe('/query/environment')
    expect(inTermsOf(put, named('/tenant'))).toEqual(named('/tenant'))
  })

  it('leaves alone what is said of a place within a value', () => {
    const data = { namespace: 'n', key: 'k', where: '', pointer: '/spec/value', rule: '/spec/value must be a number' }
    const told = inTermsOf(put, failure('value_invalid', data))
    expect(told.detail).toBe('The value of n/k breaks its rule: /spec/value must be a number.')
    expect(told.data).toMatchObject({ pointer: '/value', rule: '/spec/value must be a number' })
  })
})

it('a refusal of a list of changes stays in terms of manifests', () => {
  expect(inTermsOf(list, named('/metadata/name'))).toEqual(named('/metadata/name'))
})
