// The four test suites, told apart by path, and the coverage report over all of them.
import { defineConfig } from 'vitest/config'

/** Ends what hangs, and measures nothing: a busy machine may take long over a test that is quick elsewhere. */
const limitMillis = 240_000

const suite = (name: string, include: readonly string[], exclude: readonly string[] = []) => ({
  extends: true as const,
  test: {
    name,
    include: [...include],
    exclude: ['**/node_modules/**', ...exclude],
    testTimeout: limitMillis,
    hookTimeout: limitMillis,
  },
})
const clusters = 'packages/**/*.cluster.test.ts'

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    // Much of a test is waiting for a server: two of them share two cores well, where one leaves the second idle.
    maxWorkers: '100%',
    allowOnly: false,
    // Waiting for a state ends what hangs and measures nothing: the one second that is the default is none to a machine that is busy.
    expect: { poll: { timeout: 30_000 } },
    globalSetup: ['tests/servers/setup.ts'],
    projects: [
      suite('unit', ['packages/**/*.test.ts', 'scripts/**/*.test.ts'], [clusters]),
      suite('integration', ['tests/integration/**/*.test.ts', 'tests/acceptance/**/*.test.ts']),
      suite('security', ['tests/security/**/*.test.ts']),
      suite('faults', ['tests/faults/**/*.test.ts']),
      // Not part of a run of all: make contract asks for it by name.
      ...(process.env['KONFIG_TEST_CLUSTERS'] === undefined ? [] : [suite('clusters', [clusters])]),
    ],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/contract/**', '**/testing/**'],
      reportsDirectory: 'coverage',
      reporter: ['text-summary', 'html', 'json-summary'],
      reportOnFailure: true,
    },
  },
})
