// The lint rules of the house. Owns which rules hold where; the rules that oxlint lacks are in scripts/lint.
import { defineConfig } from 'oxlint'

const clock = 'packages/core has no clock, randomness, environment or I/O; take it as an argument.'
const impure = [
  'Date',
  'Promise',
  'process',
  'globalThis',
  'global',
  'performance',
  'crypto',
  'fetch',
  'Buffer',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
].map((name) => ({ name, message: clock }))

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'vitest'],
  jsPlugins: ['./scripts/lint/rules.ts'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error' },
  ignorePatterns: ['node_modules', 'coverage', 'data', '.cache'],
  rules: {
    'konfig/imports': 'error',
    'konfig/places': 'error',
    'konfig/faces': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'import/no-self-import': 'error',
    'import/no-commonjs': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/consistent-type-imports': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-namespace': 'error',
    'typescript/ban-ts-comment': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    eqeqeq: 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-eval': 'error',
    'no-new-func': 'error',
    'no-control-regex': 'off',
    'no-console': 'error',
    'max-lines': ['error', { max: 300 }],
    'vitest/no-focused-tests': 'error',
    'vitest/no-disabled-tests': 'error',
  },
  overrides: [
    {
      files: ['packages/core/src/**/*.ts'],
      rules: {
        'konfig/pure': 'error',
        'konfig/refusals': 'error',
        'no-restricted-globals': ['error', ...impure],
        'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: clock }],
        'typescript/no-restricted-types': [
          'error',
          { types: { Promise: { message: clock }, Date: { message: clock } } },
        ],
      },
    },
    { files: ['packages/core/src/errors/bug.ts'], rules: { 'konfig/refusals': 'off' } },
    {
      files: ['**/*.test.ts'],
      rules: {
        'konfig/pure': 'off',
        'konfig/refusals': 'off',
        'no-restricted-globals': 'off',
        'no-restricted-properties': 'off',
        'typescript/no-restricted-types': 'off',
        'typescript/no-non-null-assertion': 'off',
        'max-lines': 'off',
      },
    },
    { files: ['bench/**', 'scripts/**', 'packages/cli/**'], rules: { 'no-console': 'off' } },
    // Started on every call: CommonJS spares it the loader of modules.
    { files: ['scripts/package/konfig.js'], rules: { 'import/no-commonjs': 'off' } },
    {
      files: ['*.config.ts', 'scripts/failures.ts', 'scripts/lint/rules.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
  ],
})
