// What the registries list is whole: each code is raised and tried, each operation says all that it must, each answer fills its sentence.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { operationId, operations } from '@konfig/api'
import { codes, kindNames, kinds, patternRuleOf, permissions } from '@konfig/core'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const textOf = (...patterns: readonly string[]): { readonly [path: string]: string } =>
  Object.fromEntries(
    globSync([...patterns], { cwd: root }).map((path) => [path, readFileSync(join(root, path), 'utf8')] as const),
  )
const isTest = (path: string): boolean => /\.test\.ts$|\/(testing|contract)\/|^tests\//.test(path)
const sources = textOf('packages/*/src/**/*.ts')
const raising = Object.entries(sources).filter(([path]) => !isTest(path) && !path.endsWith('errors/codes.ts'))
const trying = [
  ...Object.entries(sources).filter(([path]) => isTest(path)),
  ...Object.entries(textOf('tests/**/*.ts', 'packages/core/spec/**/*.txt')).filter(
    ([path]) => !path.endsWith('parity.test.ts'),
  ),
]
const names = Object.keys(codes)

describe('the table of codes', () => {
  it('has no code that nothing raises', () => {
    // An operation that lists a code does not raise it.
    const texts = raising.filter(([path]) => !path.startsWith('packages/api/')).map(([, text]) => text)
    expect(names.filter((code) => !texts.some((text) => text.includes(`'${code}'`)))).toEqual([])
  })

  it('has no code that no test raises', () => {
    const tried = (code: string): boolean =>
      trying.some(([path, text]) =>
        path.endsWith('.txt') ? new RegExp(`\\b${code}\\b`).test(text) : text.includes(`'${code}'`),
      )
    expect(names.filter((code) => !tried(code))).toEqual([])
  })

  it('says each as a sentence', () => {
    for (const [code, { sentence }] of Object.entries(codes)) expect(`${code}: ${sentence}`).toMatch(/: [A-Z{].*\.$/)
  })
})

/** Every pattern within a schema, however deep. */
const patternsIn = (schema: unknown): readonly string[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([name, part]) =>
        name === 'pattern' && typeof part === 'string' ? [part] : patternsIn(part),
      )

describe('patterns of schemas', () => {
  it('have words, so that nobody is shown a regular expression', () => {
    const schemas = [
      ...operations.flatMap(({ path, query, body }) => [path, query, body]),
      ...kindNames.map((name) => kinds[name].body),
    ]
    const silent = schemas.flatMap(patternsIn).filter((pattern) => patternRuleOf(pattern).includes(pattern))
    expect([...new Set(silent)]).toEqual([])
  })
})

describe('the registry of operations', () => {
  it('has each route and each id once', () => {
    const shapes = operations.map(({ route }) => route.replace(/\{\w+\}/g, '{}'))
    expect(shapes).toEqual([...new Set(shapes)])
    expect(new Set(operations.map(operationId)).size).toBe(operations.length)
  })

  it.each(operations.map((operation) => [operation.route, operation] as const))(
    '%s says all that it must',
    (route, operation) => {
      expect(['public', 'signed-in', ...permissions]).toContain(operation.guard)
      expect(operation.summary).toMatch(/^[A-Z][^.]{2,80}$/)
      expect(operation.tag).not.toBe('')
      expect(new Set(operation.refuses).size).toBe(operation.refuses.length)
      const holes = [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()
      expect(Object.keys(operation.path?.properties ?? {}).toSorted()).toEqual(holes)
      expect(Object.keys(operation.example.path ?? {}).toSorted()).toEqual(holes)
      expect(operation.example.body === undefined).toBe(operation.body === undefined)
      expect(
        Object.keys(operation.example.query ?? {}).filter((name) => operation.query?.properties[name] === undefined),
      ).toEqual([])
      expect(route.startsWith('GET ') && (operation.writes === true || operation.body !== undefined)).toBe(false)
      // Whoever needs a permission may be refused it.
      const open = operation.guard === 'public' || operation.guard === 'signed-in'
      expect(open || operation.refuses.includes('denied')).toBe(true)
    },
  )

  it('needs a permission everywhere but where people sign in or look at themselves', () => {
    const open = operations.filter(({ guard }) => guard === 'public' || guard === 'signed-in').map(({ route }) => route)
    expect(open.filter((route) => !/^\w+ \/(auth\/|access\/check$|permissions$)/.test(route))).toEqual([])
  })
})
