// What other packages may use of the command line: nothing but the way in for tests and generators.
export { runCommand } from './run.ts'
export type { World } from './deps.ts'
export { type Entry, entries } from './verbs.ts'
