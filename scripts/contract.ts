// Runs the contract suites of both storage ports on each backend named, prints one line for each, and compares:
// every backend must run the very same tests, all of them, with none skipped. Usage: node scripts/contract.ts memory sqlite
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { count, readTests } from './results.ts'

const suiteOf = (backend: string): string =>
  backend === 'memory'
    ? 'packages/journal/src/memory/contract.test.ts'
    : `packages/journal-${backend}/src/contract.test.ts`

/** A test's name with its backend left out, so that names can be compared across backends. */
const nameWithout = (backend: string, name: readonly string[]): string => name.join(' > ').replaceAll(backend, '*')

function run(backend: string): readonly string[] {
  const suite = suiteOf(backend)
  if (!existsSync(suite)) {
    console.log(`${backend}: 0 passed, 1 failed, 0 skipped (there is no ${suite})`)
    process.exitCode = 1
    return []
  }
  const report = `.cache/contract-${backend}.json`
  rmSync(report, { force: true })
  const vitest = ['run', '--project', 'unit', '--reporter=json', `--outputFile.json=${report}`, suite]
  const { stdout, stderr, status } = spawnSync('vitest', vitest, { encoding: 'utf8' })
  const tests = readTests(report) ?? []
  const { passed, failed, skipped } = count(tests)
  for (const test of tests) if (test.outcome === 'failed') console.log(`  failed: ${test.name.join(' > ')}`)
  console.log(`${backend}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
  if (status !== 0 || passed === 0 || failed + skipped > 0) {
    process.exitCode = 1
    if (failed === 0) console.log(stdout + stderr)
  }
  return tests.map(({ name }) => nameWithout(backend, name)).sort()
}

const backends = process.argv.slice(2)
const [first, ...others] = backends.map((backend) => ({ backend, names: run(backend) }))
for (const other of others) {
  const missing = first?.names.filter((name) => !other.names.includes(name)) ?? []
  const extra = other.names.filter((name) => first?.names.includes(name) === false)
  for (const name of missing) console.log(`  ${other.backend} does not run: ${name}`)
  for (const name of extra) console.log(`  only ${other.backend} runs: ${name}`)
  if (missing.length + extra.length > 0) process.exitCode = 1
}
if (first === undefined) {
  console.log('Name at least one backend, as in: make contract BACKENDS="memory sqlite"')
  process.exitCode = 1
}
