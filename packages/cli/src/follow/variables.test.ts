import { describe, expect, it } from 'vitest'
import { variablesOf } from './variables.ts'

describe('values as variables', () => {
  it('are named in upper case, text as it is and the rest as JSON', () => {
    expect(
      variablesOf({ billing: { 'bank.timeout': 30, greeting: 'hi "you"', limits: { a: 1 }, on: false } }, true, ''),
    ).toEqual({
      BANK_TIMEOUT: '30',
      GREETING: 'hi "you"',
      LIMITS: '{"a":1}',
      ON: 'false',
    })
    expect(variablesOf({ port: 1 }, false, 'APP_')).toEqual({ APP_PORT: '1' })
  })

  it('are refused where two would have one name, or a value cannot be one', () => {
    expect(() => variablesOf({ a: { 'x.y': 1 }, b: { 'x-y': 2 } }, true, '')).toThrow(
      'a/x.y and b/x-y would both be the variable X_Y.',
    )
    expect(() => variablesOf({ a: { x: 'a\0b' } }, true, '')).toThrow('zero byte')
  })

  it.each(['ld.preload', 'node.options', 'path', 'bash.env', 'pythonpath', 'java.tool.options'])(
    'never decide what the program loads: %s is refused without a prefix',
    (key) => {
      expect(() => variablesOf({ a: { [key]: 'x' } }, true, '')).toThrow('decides what the program loads or runs')
      expect(Object.keys(variablesOf({ a: { [key]: 'x' } }, true, 'APP_'))).toHaveLength(1)
    },
  )
})
