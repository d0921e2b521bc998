// A reporter for vitest: keeps each failure, and each error that no test caught, as a few lines in one file, so that
// the total can say last what failed. Must not know how the total is counted.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** Where the failures of the newest run are; empty where there were none. */
export const failuresFile = '.cache/test-failures.txt'

const mostFailures = 20
const mostLines = 12

type Thrown = Pick<SerializedError, 'message'> & { readonly stack?: string | undefined }
export type Failure = { readonly where: string; readonly errors: readonly Thrown[] }

/** The lines of failures: where each was, what was thrown and the first places of its stack, those of the project only. */
export function failureLines(failures: readonly Failure[]): readonly string[] {
  const shown = failures.slice(0, mostFailures).flatMap(({ where, errors }) => [
    `failed: ${where}`,
    ...errors.flatMap(({ message, stack }) => {
      const places = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('node_modules'))
      return [...message.split('\n').slice(0, mostLines), ...places.slice(0, 4).map((line) => line.trim())].map(
        (line) => `  ${line}`,
      )
    }),
  ])
  const left = failures.length - mostFailures
  return left > 0 ? [...shown, `and ${left} more failures, above`] : shown
}

function failuresOf(module: TestModule): readonly Failure[] {
  const file = relative(process.cwd(), module.moduleId)
  const tests = [...module.children.allTests('failed')]
  const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors())
  const beside = [...module.errors(), ...suites]
  return [
    ...tests.map((test) => ({ where: `${file} > ${test.fullName}`, errors: test.result().errors ?? [] })),
    ...(beside.length > 0 ? [{ where: file, errors: beside }] : []),
  ]
}

// Vitest takes a reporter by a file's default export, which must be a class, and by nothing else.
export default class Failures implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const failures = modules.flatMap(failuresOf)
    const uncaught = unhandled.map((error) => ({ where: 'an error that no test caught', errors: [error] }))
    mkdirSync(dirname(failuresFile), { recursive: true })
    writeFileSync(failuresFile, [...failureLines([...failures, ...uncaught]), ''].join('\n'))
  }
}
