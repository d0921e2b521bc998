import { describe, expect, it } from 'vitest'
import { codes, openSentence } from '@konfig/core'
import { asFlags } from './as-flags.ts'

describe('parameters of the API', () => {
  it('are told as flags', () => {
    expect(asFlags('1 value differs; choose onConflict=skip or onConflict=replace.')).toBe(
      '1 value differs; choose --on-conflict skip or --on-conflict replace.',
    )
    expect(asFlags('delete its configs first or pass ?cascade=true.')).toBe(
      'delete its configs first or pass --cascade.',
    )
    expect(asFlags('This destroys a-b for good; pass ?confirm=a-b.')).toBe(
      'This destroys a-b for good; pass --confirm a-b.',
    )
    expect(asFlags('Name one with ?environment=; there are dev.')).toBe('Name one with --environment; there are dev.')
    expect(asFlags('from and to, or fromEnvironment and toEnvironment')).toBe(
      'from and to, or --from-environment and --to-environment',
    )
    expect(asFlags('The request cannot be read: /query/fromEnvironment: Must be a name.')).toBe(
      'The request cannot be read: --from-environment: Must be a name.',
    )
  })

  it('are left alone where they are part of a name, or words', () => {
    for (const text of ['shop/onConflict is set.', 'a.dryRun=1', 'The environment dev has no format.'])
      expect(asFlags(text)).toBe(text)
  })

  it('are in no sentence of the table any more', () => {
    const sentences = (Object.keys(codes) as (keyof typeof codes)[]).map((code) => asFlags(openSentence(code)))
    expect(sentences.filter((each) => /\b[a-z]+[A-Z]\w*=|[?&]\w+=/.test(each))).toEqual([])
  })
})
