import { readFileSync } from 'node:fs'
import { operations } from '@konfig/api'
import { describe, expect, it } from 'vitest'
import { catalogue, catalogueText, covered, file } from './cli-catalogue.ts'

describe('the catalogue of the command line', () => {
  it('is what the registry says; `node scripts/cli-catalogue.ts` writes it', () => {
    expect(readFileSync(file, 'utf8')).toBe(catalogueText())
  })

  it('gives each command words of its own', () => {
    const names = catalogue().entries.flatMap(({ words, aliases = [] }) =>
      [words, ...aliases].map((each) => each.join(' ')),
    )
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('reaches every operation that no hand-made verb covers', () => {
    const routes = new Set(catalogue().entries.map(({ method, path }) => `${method} ${path}`))
    expect(operations.filter(({ route }) => !routes.has(route) && covered[route] === undefined)).toEqual([])
  })

  it('says of each flag what it is, where the registry does not', () => {
    const pagers = ['limit', 'cursor']
    const silent = catalogue().entries.flatMap(({ words, body = [], query }) =>
      [...body, ...query]
        .filter(({ name, description }) => description === undefined && !pagers.includes(name))
        .map(({ name }) => `${words.join(' ')} --${name}`),
    )
    expect(silent).toEqual([])
  })

  it('never asks for a password on the command line', () => {
    const secret = /password|secret|token|invitation/i
    const asked = catalogue().entries.flatMap(({ words, body = [], query }) =>
      [...body, ...query].filter(({ name }) => secret.test(name)).map(({ name }) => `${words.join(' ')} --${name}`),
    )
    expect(asked).toEqual([])
  })

  it('has no noun for what a hand-made verb does: a list of changes is previewed by `diff -f` and `apply --dry-run`', () => {
    expect(catalogue().entries.filter(({ path }) => path === '/preview')).toEqual([])
  })
})
