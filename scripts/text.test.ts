import { describe, expect, it } from 'vitest'
import { findings } from './text.ts'

// Put together here, so that this file does not itself carry what the check refuses.
const host = ['registry', 'npmjs', 'org'].join('.')
const homePath = ['', 'home', 'somebody', 'notes'].join('/')
const outside = ['..', 'shared', 'notes.md'].join('/')
const signature = ['Co', 'authored', 'by:'].join('-')

const whatIn = (file: string, text: string) => findings(file, text).map(({ line, what }) => `${line}: ${what}`)

describe('the check of tracked text', () => {
  it.each([
    ['a lockfile with an address', 'package-lock.json', '"resolved": "https://example.test/a.tgz"'],
    ['a registry host', '.npmrc', `registry=https://${host}/`],
    ['a path of one machine', 'docs/a.md', `see ${homePath}`],
    ['a path of one machine in code', 'bench/a.ts', `readFile('${homePath}')`],
    ['a path that leaves the repository', 'docs/a.md', `see ${outside}`],
    ['a word about who typed it', 'docs/a.md', `${signature} somebody`],
  ])('finds %s', (_, file, text) => {
    expect(whatIn(file, `fine\n${text}\nfine`)).toHaveLength(1)
    expect(whatIn(file, `fine\n${text}\nfine`)[0]).toMatch(/^2: /)
  })

  it.each([
    ['a workspace link in a lockfile', 'package-lock.json', '"resolved": "packages/core"'],
    ['a route that only looks like a path', 'docs/a.md', 'GET https://example.test/home/page and packages/root/src'],
    ['a registry named in prose', 'docs/a.md', `packages come from ${host}`],
  ])('lets %s be', (_, file, text) => {
    expect(whatIn(file, text)).toEqual([])
  })
})
