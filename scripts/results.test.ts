import { describe, expect, it } from 'vitest'
import { count, readTests, testsOf } from './results.ts'

const file = (status: string, ...outcomes: string[]) => ({
  name: 'packages/a/src/a.test.ts',
  status,
  assertionResults: outcomes.map((outcome) => ({ ancestorTitles: ['a'], title: 'holds', status: outcome })),
})

describe('the count of a test run', () => {
  it('counts each outcome by itself', () => {
    const tests = testsOf({ testResults: [file('failed', 'passed', 'passed', 'failed', 'pending', 'todo')] })
    expect(count(tests)).toEqual({ passed: 2, failed: 1, skipped: 2 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    expect(count(testsOf({ testResults: [file('failed')] }))).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a file that failed after its tests had passed as a failure', () => {
    expect(count(testsOf({ testResults: [file('failed', 'passed')] }))).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('tells a missing report from an empty one', () => {
    expect(readTests('no/such/report.json')).toBeUndefined()
  })
})
