// Prints what each suite counted and, last, the total. Fails where a suite is empty, or a test failed or was skipped.
// Usage: node scripts/total.ts <report.json> <suite>...
import { count, readTests, type Test } from './results.ts'

const places: Readonly<Record<string, RegExp>> = {
  unit: /\/(packages|scripts)\//,
  integration: /\/tests\/(integration|acceptance)\//,
  security: /\/tests\/security\//,
}

const root = `${process.cwd()}/`
const inSuite = (suite: string) => (test: Test) => places[suite]?.test(`/${test.file.replace(root, '')}`) ?? false

const [report = '', ...suites] = process.argv.slice(2)
const tests = readTests(report) ?? []
const complaints: string[] = []

console.log('')
for (const suite of suites) {
  const { passed, failed, skipped } = count(tests.filter(inSuite(suite)))
  console.log(`${suite}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
  if (passed + failed === 0) complaints.push(`The ${suite} suite ran no tests.`)
  if (skipped > 0) complaints.push(`The ${suite} suite skipped ${skipped} tests; none may be skipped.`)
}
const all = count(tests)
for (const complaint of complaints) console.log(complaint)
console.log(`${all.passed} passed, ${all.failed + complaints.length} failed`)
process.exitCode = all.failed + complaints.length > 0 ? 1 : 0
