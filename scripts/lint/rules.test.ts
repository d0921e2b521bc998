// Breaks every house rule once, in a small repository of its own, and sees the real linter refuse it.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

type Break = { readonly rule: string; readonly file: string; readonly text: string }

const core = (rule: string, name: string, text: string): Break => ({ rule, file: `packages/core/src/${name}.ts`, text })
const app = (rule: string, name: string, text: string): Break => ({ rule, file: `packages/app/src/${name}.ts`, text })

const breaks: readonly Break[] = [
  core('konfig(imports)', 'journal', "export type { Journal } from '@konfig/journal'"),
  core('konfig(imports)', 'node', "import { readFileSync } from 'node:fs'\nexport const read = readFileSync"),
  core('konfig(imports)', 'dynamic', "export const load = () => import('@konfig/app')"),
  core('konfig(pure)', 'async', 'export async function wait() {}'),
  core('konfig(pure)', 'async-arrow', 'export const wait = async () => {}'),
  core('konfig(pure)', 'await', 'export const one = await 1'),
  core('konfig(refusals)', 'throw', "export const stop = (): never => { throw new Error('no') }"),
  core('eslint(no-restricted-globals)', 'date', 'export const now = () => Date.now()'),
  core('eslint(no-restricted-globals)', 'process', 'export const home = () => process.env'),
  core('eslint(no-restricted-globals)', 'promise', 'export const later = () => Promise.resolve(1)'),
  core('eslint(no-restricted-properties)', 'random', 'export const dice = () => Math.random()'),
  core('typescript(no-restricted-types)', 'promise-type', 'export type Later = Promise<number>'),
  core('typescript(no-restricted-types)', 'date-type', 'export type When = Date'),
  core('eslint(no-console)', 'console', "export const say = () => console.log('hello')"),
  app('konfig(imports)', 'adapter', "export { openSqlite } from '@konfig/journal-sqlite'"),
  app('konfig(imports)', 'relative', "export { a } from '../../core/src/promise.ts'"),
  app('konfig(imports)', 'undeclared', "export { z } from 'zod'"),
  app('konfig(imports)', 'import-type', "export type Api = import('@konfig/api').Api"),
  app('konfig(places)', 'utils/text', 'export const one = 1'),
  app('konfig(faces)', 'tenant/index', 'export const one = 1'),
  app('konfig(faces)', 'gather', "export * from './any.ts'"),
  app('typescript(no-explicit-any)', 'any', 'export const one: any = 1'),
  app('typescript(no-floating-promises)', 'floating', 'const load = async () => 1\nexport const go = () => { load() }'),
  app(
    'typescript(no-misused-promises)',
    'misused',
    'const load = async () => true\nexport const go = () => (load() ? 1 : 2)',
  ),
  app('typescript(await-thenable)', 'thenable', 'export const one = async () => await 1'),
  app('import(no-default-export)', 'default', 'const one = 1\nexport default one'),
  app('import(no-cycle)', 'round', "import { about } from './about.ts'\nexport const round = () => about"),
  app('import(no-cycle)', 'about', "import { round } from './round.ts'\nexport const about = () => round"),
  app('vitest(no-focused-tests)', 'only.test', "import { it } from 'vitest'\nit.only('holds', () => {})"),
  app('vitest(no-disabled-tests)', 'skip.test', "import { it } from 'vitest'\nit.skip('holds', () => {})"),
]

const allowed: readonly Break[] = [
  core('', 'errors/bug', "export const bug = (): never => { throw new Error('no') }"),
  core('', 'time.test', 'export const now = () => Date.now()'),
  app('', 'declared', "export { LRUCache } from 'lru-cache'"),
  { rule: '', file: 'packages/server/src/parts.ts', text: "export { openSqlite } from '@konfig/journal-sqlite'" },
]

type Diagnostic = { readonly code: string; readonly filename: string }

let folder = ''
let found: readonly Diagnostic[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'konfig-lint-'))
  for (const name of ['oxlint.config.ts', 'tsconfig.json', 'package.json', 'scripts/lint']) {
    await cp(join(root, name), join(folder, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const name of ['core', 'app', 'server']) {
    await mkdir(join(folder, 'packages', name), { recursive: true })
    await cp(join(root, 'packages', name, 'package.json'), join(folder, 'packages', name, 'package.json'))
  }
  for (const { file, text } of [...breaks, ...allowed]) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), `${text}\n`)
  }
  const output = await new Promise<string>((resolve) =>
    execFile(join(root, 'node_modules/.bin/oxlint'), ['-f', 'json', 'packages'], { cwd: folder }, (_, stdout) =>
      resolve(stdout),
    ),
  )
  found = (JSON.parse(output) as { diagnostics: readonly Diagnostic[] }).diagnostics
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const rulesOn = (file: string) => found.filter(({ filename }) => filename === file).map(({ code }) => code)

describe('the lint rules', () => {
  it.each(breaks)('$rule refuses $file', ({ rule, file }) => {
    expect(rulesOn(file)).toContain(rule)
  })

  it.each(allowed)('nothing refuses $file', ({ file }) => {
    expect(rulesOn(file)).toEqual([])
  })
})
