// Reads the JSON that vitest writes and counts what happened. Pure but for the one read; must not know what asked for it.
import { readFileSync } from 'node:fs'

export type Test = { readonly file: string; readonly name: readonly string[]; readonly outcome: Outcome }
export type Outcome = 'passed' | 'failed' | 'skipped'
export type Count = { readonly passed: number; readonly failed: number; readonly skipped: number }

type Report = {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
    }[]
  }[]
}

const outcomes: Readonly<Record<string, Outcome>> = { passed: 'passed', failed: 'failed' }

/** Every test of a report. A file that failed before or beside its tests counts as one failed test more. */
export function testsOf(report: Report): readonly Test[] {
  return report.testResults.flatMap((result) => {
    const tests = result.assertionResults.map(
      ({ ancestorTitles, title, status }): Test => ({
        file: result.name,
        name: [...ancestorTitles, title],
        outcome: outcomes[status] ?? 'skipped',
      }),
    )
    const brokenFile = result.status === 'failed' && !tests.some(({ outcome }) => outcome === 'failed')
    return brokenFile ? [...tests, { file: result.name, name: ['the file itself'], outcome: 'failed' as const }] : tests
  })
}

/** The tests in a report file; undefined where vitest wrote none. */
export function readTests(path: string): readonly Test[] | undefined {
  try {
    return testsOf(JSON.parse(readFileSync(path, 'utf8')) as Report)
  } catch {
    return undefined
  }
}

export function count(tests: readonly Test[]): Count {
  const of = (wanted: Outcome): number => tests.filter(({ outcome }) => outcome === wanted).length
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') }
}
