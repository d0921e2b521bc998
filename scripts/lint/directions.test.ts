import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { complaint } from './directions.ts'

const ask = (file: string, specifier: string, declared: readonly string[] = []) =>
  complaint({ file, specifier, declared })

describe('import directions', () => {
  it.each([
    ['packages/core/src/a.ts', '@konfig/journal'],
    ['packages/core/src/a.ts', 'node:fs'],
    ['packages/core/src/a.ts', 'node:fs/promises'],
    ['packages/journal/src/a.ts', '@konfig/app'],
    ['packages/journal/src/a.ts', '@konfig/journal-sqlite'],
    ['packages/journal-sqlite/src/a.ts', '@konfig/app'],
    ['packages/journal-mysql/src/a.ts', '@konfig/journal-sqlite'],
    ['packages/files/src/a.ts', '@konfig/journal'],
    ['packages/app/src/a.ts', '@konfig/api'],
    ['packages/app/src/a.ts', '@konfig/journal-sqlite'],
    ['packages/app/src/a.test.ts', '@konfig/journal-sqlite'],
    ['packages/api/src/a.ts', '@konfig/journal'],
    ['packages/api/src/a.ts', '@konfig/server'],
    ['packages/api/src/a.ts', 'fastify'],
    ['packages/server/src/lane.ts', '@konfig/journal-sqlite'],
    ['packages/web/src/a.ts', '@konfig/app'],
    ['packages/unheard-of/src/a.ts', '@konfig/core'],
  ])('%s may not import %s', (file, specifier) => {
    expect(ask(file, specifier, ['fastify'])).toBeTypeOf('string')
  })

  it.each([
    ['packages/journal/src/a.ts', '@konfig/core'],
    ['packages/journal-sqlite/src/a.ts', '@konfig/journal'],
    ['packages/journal-sqlite/src/contract.test.ts', '@konfig/journal/contract'],
    ['packages/files/src/a.ts', '@konfig/core'],
    ['packages/app/src/a.ts', '@konfig/files'],
    ['packages/api/src/a.ts', '@konfig/app'],
    ['packages/api/src/a.ts', 'typebox/value'],
    ['packages/server/src/parts.ts', '@konfig/journal-sqlite'],
    ['packages/server/src/lane.ts', 'node:http'],
    ['packages/core/spec/run.test.ts', 'node:fs'],
    ['bench/run.ts', '@konfig/journal-sqlite'],
    ['tests/integration/a.test.ts', '@konfig/journal-sqlite'],
  ])('%s may import %s', (file, specifier) => {
    expect(ask(file, specifier, ['typebox'])).toBeUndefined()
  })

  it('a relative import stays in its package', () => {
    expect(ask('packages/app/src/tenant/create.ts', '../../../core/src/index.ts')).toBeTypeOf('string')
    expect(ask('packages/app/src/tenant/create.ts', '../commit.ts')).toBeUndefined()
  })

  it('only tests of a package may start the servers that all suites use', () => {
    const servers = '../../../tests/servers/postgres.ts'
    expect(ask('packages/journal-postgres/src/contract.test.ts', servers)).toBeUndefined()
    expect(ask('packages/journal-postgres/src/open.ts', servers)).toBeTypeOf('string')
    expect(ask('packages/journal-postgres/src/contract.test.ts', '../../../tests/harness/world.ts')).toBeTypeOf(
      'string',
    )
  })

  it('a module is named in the package.json of the package that imports it', () => {
    expect(ask('packages/server/src/a.ts', '@fastify/cors')).toBeTypeOf('string')
    expect(ask('packages/server/src/a.ts', '@fastify/cors/types', ['@fastify/cors'])).toBeUndefined()
  })

  it('test tools are for tests and contracts only', () => {
    expect(ask('packages/app/src/a.ts', 'vitest', ['vitest'])).toBeTypeOf('string')
    expect(ask('packages/app/src/a.test.ts', 'vitest')).toBeUndefined()
    expect(ask('packages/journal/src/contract/append.ts', 'fast-check')).toBeUndefined()
  })
})

describe('ARCHITECTURE.md', () => {
  it('names every package in its picture of who may import whom, and says what it owns', () => {
    const root = resolve(import.meta.dirname, '../..')
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const picture = /## Packages[^]*?```\n([^]*?)```/.exec(text)?.[1]?.split(/[\s,]+/) ?? []
    const rows = [...text.matchAll(/^\| (`[a-z*-]+`(?:, `[a-z*-]+`)*) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([a-z*-]+)`/g)].map(([, name = '']) => name),
    )
    const owned = (name: string): boolean =>
      rows.some((row) => (row.endsWith('*') ? name.startsWith(row.slice(0, -1)) : row === name))
    const packages = readdirSync(join(root, 'packages'))
    expect(packages.filter((name) => !picture.includes(name))).toEqual([])
    expect(packages.filter((name) => !owned(name))).toEqual([])
  })
})
