import { describe, expect, it } from 'vitest'
import { differences } from './contract.ts'

const run = (backend: string, ...titles: string[]) => ({
  backend,
  tests: titles.map((title) => ({ file: 'a', name: [`journal on ${backend}`, title], outcome: 'passed' as const })),
})

describe('the comparison of backends', () => {
  it('is content when every backend runs the same tests', () => {
    expect(differences([run('memory', 'appends', 'reads'), run('sqlite', 'reads', 'appends')])).toEqual([])
  })

  it('names a test that one backend leaves out', () => {
    expect(differences([run('memory', 'appends', 'reads'), run('sqlite', 'appends')])).toEqual([
      'sqlite does not run: journal on * > reads',
    ])
  })

  it('names a test that one backend has for itself', () => {
    expect(differences([run('memory', 'appends'), run('sqlite', 'appends', 'locks')])).toEqual([
      'only sqlite runs: journal on * > locks',
    ])
  })
})
