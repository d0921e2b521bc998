import { describe, expect, it } from 'vitest'
import type { Outcome, Test } from './results.ts'
import { total } from './total.ts'

const root = '/anywhere/packages/konfig'
const test = (path: string, outcome: Outcome): Test => ({ file: `${root}/${path}`, name: ['holds'], outcome })
const unit = test('packages/core/src/a.test.ts', 'passed')
const security = test('tests/security/a.test.ts', 'passed')
const ask = (tests: readonly Test[], failedBefore = false) =>
  total({ tests, suites: ['unit', 'security'], root, failedBefore })

describe('the total of a test run', () => {
  it('ends with the one line that counts everything', () => {
    expect(ask([unit, unit, security])).toEqual({
      lines: ['unit: 2 passed, 0 failed, 0 skipped', 'security: 1 passed, 0 failed, 0 skipped', '3 passed, 0 failed'],
      exit: 0,
    })
  })

  it('fails when a suite has no tests', () => {
    expect(ask([unit])).toMatchObject({ exit: 1 })
    expect(ask([unit]).lines.slice(-2)).toEqual(['The security suite ran no tests.', '1 passed, 1 failed'])
  })

  it('fails when a test was skipped', () => {
    const { lines, exit } = ask([unit, security, test('tests/security/b.test.ts', 'skipped')])
    expect(exit).toBe(1)
    expect(lines.at(-1)).toBe('2 passed, 1 failed')
  })

  it('never calls a failed check a success', () => {
    expect(ask([unit, security], true)).toMatchObject({ exit: 1 })
    expect(ask([unit, security], true).lines.at(-1)).toBe('2 passed, 1 failed')
  })
})
