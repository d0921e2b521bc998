import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { get } from '../values/get.ts'
import { flagsOf } from '../run.ts'
import { parseCommand } from './command.ts'
import { quick } from './quick.ts'

const flags = flagsOf(get)
const described = { words: ['get'], summary: 'Read', verb: get, flags }
const read = (words: readonly string[]) => quick(get, flags, words)

describe('the quick way to read a command line', () => {
  it('reads arguments and flags in every order', () => {
    expect(read(['a/b', '-e', 'dev', '--json'])).toEqual({
      arguments: ['a/b'],
      flags: { environment: 'dev', json: true },
    })
    expect(read(['--environment=dev', 'a/b'])).toEqual({ arguments: ['a/b'], flags: { environment: 'dev' } })
  })

  it('leaves help, mistakes and rare forms to commander', () => {
    for (const words of [
      ['--help'],
      ['a/b', '-h'],
      [],
      ['a', 'b'],
      ['a', '--unknown'],
      ['a', '-e'],
      ['a', '-edev'],
      ['a', '--output', 'xml'],
      ['--', 'a'],
    ])
      expect(read(words)).toBeUndefined()
  })

  it('reads what it reads as commander does', () => {
    const word = fc.constantFrom(
      'a/b',
      'x',
      '-e',
      '--environment',
      '--environment=dev',
      '--json',
      '--at',
      '5',
      '-o',
      'yaml',
      '--output=json',
      '--',
      '-',
      '--color',
      'never',
      '-n',
      '--no-json',
      '-ej',
      '',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const found = read(words)
        expect(found === undefined ? undefined : parseCommand(described, words)).toEqual(found)
      }),
      { numRuns: 2000 },
    )
  })
})
