// Runs the contract suites of both storage ports on each backend named, prints one line for each, and compares:
// every backend must run the very same tests, all of them, with none skipped. Usage: node scripts/contract.ts memory sqlite postgres mariadb
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { count, readTests, type Test } from './results.ts'

type Run = { readonly backend: string; readonly tests: readonly Test[] }

/** Those that are no package of their own name. */
const suites: { readonly [backend: string]: string } = {
  memory: 'packages/journal/src/memory/contract.test.ts',
  mariadb: 'packages/journal-mysql/src/contract-mariadb.test.ts',
  galera: 'packages/journal-mysql/src/contract-galera.cluster.test.ts',
  'postgres-standby': 'packages/journal-postgres/src/contract-standby.cluster.test.ts',
}
const suiteOf = (backend: string): string => suites[backend] ?? `packages/journal-${backend}/src/contract.test.ts`

/** The names of the tests that a backend ran, with its own name left out, so that backends can be compared. */
const namesIn = ({ backend, tests }: Run): readonly string[] =>
  tests.map(({ name }) => name.join(' > ').replaceAll(backend, '*'))

/** What one backend runs and the first one does not, or the other way round; empty where all run the same. */
export function differences([first, ...others]: readonly Run[]): readonly string[] {
  if (first === undefined) return []
  const expected = namesIn(first)
  return others.flatMap((other) => {
    const names = namesIn(other)
    return [
      ...expected.filter((name) => !names.includes(name)).map((name) => `${other.backend} does not run: ${name}`),
      ...names.filter((name) => !expected.includes(name)).map((name) => `only ${other.backend} runs: ${name}`),
    ]
  })
}

function run(backend: string): Run {
  const suite = suiteOf(backend)
  if (!existsSync(suite)) {
    console.log(`${backend}: 0 passed, 1 failed, 0 skipped`)
    console.log(`  There is no ${suite}.`)
    process.exitCode = 1
    return { backend, tests: [] }
  }
  const report = `.cache/contract-${backend}.json`
  rmSync(report, { force: true })
  const { stdout, stderr, status } = spawnSync(
    'vitest',
    [
      'run',
      '--project',
      suite.endsWith('.cluster.test.ts') ? 'clusters' : 'unit',
      '--reporter=json',
      `--outputFile.json=${report}`,
      suite,
    ],
    { encoding: 'utf8', env: { ...process.env, KONFIG_TEST_CLUSTERS: 'yes' } },
  )
  const tests = readTests(report) ?? []
  const { passed, failed, skipped } = count(tests)
  console.log(`${backend}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
  for (const test of tests) if (test.outcome !== 'passed') console.log(`  ${test.outcome}: ${test.name.join(' > ')}`)
  if (status !== 0 || passed === 0 || failed + skipped > 0) {
    process.exitCode = 1
    if (failed === 0) console.log(stdout + stderr)
  }
  return { backend, tests }
}

function main(): void {
  const backends = process.argv.slice(2)
  if (backends.length === 0) {
    console.log(
      'Name at least one backend, as in: make contract BACKENDS="memory sqlite postgres mariadb mysql mongodb"',
    )
    process.exitCode = 1
  }
  const runs = backends.map(run)
  const found = differences(runs)
  for (const difference of found) console.log(`  ${difference}`)
  if (found.length > 0) process.exitCode = 1
  const { passed, failed, skipped } = count(runs.flatMap(({ tests }) => tests))
  console.log(`all ${backends.length} backends: ${passed} passed, ${failed} failed, ${skipped} skipped`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
