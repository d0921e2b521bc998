import { describe, expect, it } from 'vitest'
import { failureLines } from './failures.ts'

describe('the failures of a test run', () => {
  it('says where, what and from which line of ours', () => {
    const stack =
      'Error: 5 is not 6\n    at check (/anywhere/node_modules/vitest/a.js:1:1)\n    at /anywhere/b.test.ts:7:3'
    expect(failureLines([{ where: 'b.test.ts > adds', errors: [{ message: '5 is not 6', stack }] }])).toEqual([
      'failed: b.test.ts > adds',
      '  5 is not 6',
      '  at /anywhere/b.test.ts:7:3',
    ])
  })

  it('keeps to twenty and says how many more there are', () => {
    const many = Array.from({ length: 23 }, (_, index) => ({ where: `test ${index}`, errors: [] }))
    expect(failureLines(many)).toHaveLength(21)
    expect(failureLines(many).at(-1)).toBe('and 3 more failures, above')
  })
})
