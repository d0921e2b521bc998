import { failure, KonfigError } from '@konfig/core'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../contract/batches.ts'
import { CannotOpen } from './cannot-open.ts'
import { prepare, type Preparing } from './prepare.ts'

class Said extends Error {}

/** A URL is the names of its servers; one named so is away, another one refuses. */
const bench = (refusals: { readonly migrate?: Error; readonly inspect?: Error } = {}) => {
  const did: string[] = []
  const at = async (what: string, server: string, refusal: Error | undefined): Promise<void> => {
    did.push(`${what} ${server}`)
    if (server === 'away') throw new Said('nobody is there')
    if (refusal !== undefined) throw refusal
  }
  const preparing: Preparing<string, string> = {
    read: (url) => url.split(','),
    migrate: (owner, worker) => at(`migrate for ${worker} at`, owner, refusals.migrate),
    inspect: async (server) => {
      await at('inspect', server, refusals.inspect)
      return `found at ${server}`
    },
    isDenied: (error) => error instanceof Said && error.message === 'denied',
    refusalOf: (error, server, variable) =>
      error instanceof Said && error.message !== 'nobody is there'
        ? `${server} says ${error.message} to ${variable}.`
        : undefined,
  }
  return { did, open: (url: string, migrateUrl?: string) => prepare({ url, migrateUrl }, preparing) }
}

describe('a database', () => {
  it('is made by whoever may, then looked at by whoever works with it', async () => {
    const { did, open } = bench()
    expect((await open('one', 'owner')).found).toBe('found at one')
    expect(did).toEqual(['migrate for one at owner', 'inspect one'])
  })

  it('is that of the first server that is not away, which is the current one from then on', async () => {
    const { servers, locations, found } = await bench().open('away,two,three')
    expect([found, servers.all(), locations]).toEqual([
      'found at two',
      ['two', 'three', 'away'],
      ['away', 'two', 'three'],
    ])
    expect(await codeOf(bench().open('away,away'))).toBe('unavailable')
  })

  it('is looked at all the same where one role is for both and may make nothing: what is missing is told better then', async () => {
    const denied = { migrate: new Said('denied') }
    expect((await bench(denied).open('one')).found).toBe('found at one')
    await expect(bench(denied).open('one', 'owner')).rejects.toThrow('owner says denied to KONFIG_JOURNAL_MIGRATE.')
  })

  it('is refused in the words of the adapter, which name the variable; what is told already stays as it is', async () => {
    await expect(bench({ migrate: new Said('no') }).open('one')).rejects.toThrow('one says no to KONFIG_JOURNAL.')
    await expect(bench({ inspect: new Said('no') }).open('one')).rejects.toBeInstanceOf(CannotOpen)
    const told = new CannotOpen('The tables are altered.')
    await expect(bench({ inspect: told }).open('one,two')).rejects.toBe(told)
    expect(await codeOf(bench({ inspect: new KonfigError(failure('journal_newer', { found: 7 })) }).open('one'))).toBe(
      'journal_newer',
    )
  })
})
