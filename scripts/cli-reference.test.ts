import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exitCodes, exitMeanings } from '../packages/cli/src/exit.ts'
import { entries } from '../packages/cli/src/verbs.ts'
import { covered } from './cli-catalogue.ts'
import { file, referencePage } from './cli-reference.ts'

describe('the reference of the command line', () => {
  it('is what the commands say; `node scripts/cli-reference.ts` writes it', async () => {
    expect(readFileSync(file, 'utf8')).toBe(await referencePage())
  })

  it('gives each exit code a meaning', () => {
    expect(new Set([0, ...Object.values(exitCodes)])).toEqual(new Set(exitMeanings.map(([code]) => code)))
  })
})

describe('the hand-made verbs', () => {
  it('cover every operation that is said to be covered by one', () => {
    const names = new Set(entries.map(({ words }) => words.join(' ')))
    const generated = /^config (list|create|show|set|edit|delete)$/
    expect(Object.values(covered).filter((name) => !names.has(name) && !generated.test(name))).toEqual([])
  })

  it('load, and take no letter or name twice', async () => {
    for (const { words, load } of entries) {
      const { flags = [] } = await load()
      const names = flags.flatMap(({ name, short }) => (short === undefined ? [name] : [name, `-${short}`]))
      expect({ words, twice: names.filter((name, index) => names.indexOf(name) !== index) }).toEqual({
        words,
        twice: [],
      })
    }
  })
})
