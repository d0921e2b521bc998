// Prints what each suite counted and, last, the total. Fails where a suite is empty, or a test failed or was skipped.
// Usage: node scripts/total.ts <report.json> [--failed-before] <suite>...
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { failuresFile } from './failures.ts'
import { count, readTests, type Test } from './results.ts'

const places: Readonly<Record<string, RegExp>> = {
  unit: /\/(packages|scripts)\//,
  integration: /\/tests\/(integration|acceptance)\//,
  security: /\/tests\/security\//,
  faults: /\/tests\/faults\//,
}

type Run = {
  readonly tests: readonly Test[]
  readonly suites: readonly string[]
  /** The repository's root, left out of the paths of the tests. */
  readonly root: string
  /** Something other than a test failed already: a check, or the run itself. */
  readonly failedBefore: boolean
}

/** The lines to print, the total last, and the exit code. A total without failures goes with exit code 0 only. */
export function total({ tests, suites, root, failedBefore }: Run): {
  readonly lines: readonly string[]
  readonly exit: number
} {
  const pathOf = (test: Test): string => (test.file.startsWith(root) ? test.file.slice(root.length) : `/${test.file}`)
  const counts = suites.map((suite) => ({
    suite,
    ...count(tests.filter((test) => places[suite]?.test(pathOf(test)) ?? false)),
  }))
  const complaints = counts.flatMap(({ suite, passed, failed, skipped }) => [
    ...(passed + failed === 0 ? [`The ${suite} suite ran no tests.`] : []),
    ...(skipped > 0 ? [`The ${suite} suite skipped ${skipped} tests; none may be skipped.`] : []),
  ])
  const { passed, failed } = count(tests)
  const besides = failedBefore && failed === 0 ? ['A check, or the run itself, failed; see above.'] : []
  const failures = failed + complaints.length + besides.length
  return {
    lines: [
      ...counts.map((each) => `${each.suite}: ${each.passed} passed, ${each.failed} failed, ${each.skipped} skipped`),
      ...complaints,
      ...besides,
      `${passed} passed, ${failures} failed`,
    ],
    exit: failures > 0 ? 1 : 0,
  }
}

/** What failed, to be read beside the counts; a run that ended before it wrote any has said so above. */
function failuresIn(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n')
  } catch {
    return []
  }
}

function main(): void {
  const [report = '', ...rest] = process.argv.slice(2)
  const suites = rest.filter((word) => !word.startsWith('--'))
  const failedBefore = rest.includes('--failed-before')
  const { lines, exit } = total({ tests: readTests(report) ?? [], suites, root: process.cwd(), failedBefore })
  console.log(['', ...(exit > 0 ? failuresIn(failuresFile) : []), ...lines].join('\n'))
  process.exitCode = exit
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
