// One installation's own key: made at the first start, wrapped by the master key, and the proof that the master key is the right one.
// Its record also says which master key is in force: while one replaces another it holds the key wrapped under both.
import { randomBytes } from 'node:crypto'
import { failure, KonfigError } from '@konfig/core'
import type { Records, RecordVersion } from '../records.ts'
import { leftFor } from '../places/left.ts'
import { isPlace } from '../places/place.ts'
import { mainJournal } from '../places/spread.ts'
import { corrupt, keyWrong } from './corrupt.ts'
import type { Installation, MasterKey } from './face.ts'
import { settle } from './settle.ts'
import { type Keeping, oneMaster, openMasters, type PreviousMaster } from './masters.ts'

const key = { collection: 'installation', id: 'key' } as const

/** The installation's key under one master key. */
export interface Wrapped {
  readonly master: string
  readonly wrapped: string
}

export interface StoredInstallation extends Wrapped {
  readonly format: 1
  /** The master key that is taking over: everything that is wrapped anew is wrapped under it. */
  readonly next?: Wrapped
}

const restoring = { collection: 'installation', id: 'restoring' } as const

/** Whether there is an installation: its key, the beginning of one that is being restored, or what one left that was moved and erased. */
export const hasInstallation = async (records: Records): Promise<boolean> =>
  (await records.get(key)) !== undefined ||
  (await records.get(restoring)) !== undefined ||
  (await leftFor(records)) !== undefined

const isWrapped = (found: unknown): found is Wrapped =>
  typeof found === 'object' &&
  found !== null &&
  'master' in found &&
  typeof found.master === 'string' &&
  'wrapped' in found &&
  typeof found.wrapped === 'string'

/** Rejects with `key_wrong` what is no record of this format. */
export const readInstallation = async (
  records: Records,
): Promise<{ readonly stored: StoredInstallation; readonly version: RecordVersion } | undefined> => {
  const found = await records.get(key)
  if (found === undefined) return undefined
  const stored = JSON.parse(Buffer.from(found.value).toString()) as {
    readonly format?: unknown
    readonly next?: unknown
  }
  if (stored.format !== 1 || !isWrapped(stored)) throw keyWrong()
  if (stored.next !== undefined && !isWrapped(stored.next)) throw keyWrong()
  return { stored: stored as StoredInstallation, version: found.version }
}

/** False where somebody else was first. */
export const writeInstallation = async (
  records: Records,
  expected: RecordVersion | undefined,
  stored: StoredInstallation,
): Promise<boolean> => {
  const version = crypto.randomUUID()
  const write = { ...key, expected, version, value: Buffer.from(JSON.stringify(stored)) }
  return (await settle(() => records.put(write), "the installation's record")) === 'landed'
}

export const wrapFor = async (master: MasterKey, plain: Uint8Array): Promise<Wrapped> => ({
  master: master.id,
  wrapped: Buffer.from(await master.wrap(plain)).toString('base64'),
})

/** The id of the master key under which whatever is wrapped anew belongs. */
export const wrappingOf = ({ master, next }: StoredInstallation): string => next?.master ?? master

/**
 * Makes an installation with a key that it had before, elsewhere. Until the answer is called nobody can open it, so that one restored by half
 * is never served. Rejects with `installation_present` where there is one.
 */
export const adoptInstallation = async (
  records: Records,
  master: MasterKey,
  plain: Uint8Array,
): Promise<{ readonly installation: Installation; readonly finish: () => Promise<void> }> => {
  if (await isPlace(records))
    throw new KonfigError(failure('installation_present', { what: 'a journal of an installation' }))
  const version = crypto.randomUUID()
  const begun = await records.put({ ...restoring, expected: undefined, version, value: new Uint8Array(1) })
  if (begun !== 'landed' || (await records.get(key)) !== undefined)
    throw new KonfigError(failure('installation_present', { what: 'an installation' }))
  return {
    installation: { masters: oneMaster(master), key: plain },
    finish: async () => {
      await writeInstallation(records, undefined, { format: 1, ...(await wrapFor(master, plain)) })
      await records.delete(restoring, version)
    },
  }
}

/**
 * Opens the installation, or makes it where there is none. `previous` is the master key that this one takes over from, where there is one.
 * `keeping`: what of the opened keys is kept for when the key store is away. Rejects with `key_wrong` where neither is the one that it is wrapped under,
 * `installation_moved` where it was moved and erased.
 */
export const openInstallation = async (
  records: Records,
  master: MasterKey,
  previous?: PreviousMaster,
  keeping?: Keeping,
): Promise<Installation> => {
  const wrapping = async (): Promise<string> => {
    const found = await readInstallation(records)
    return found === undefined ? master.id : wrappingOf(found.stored)
  }
  const masters = openMasters(master, previous, wrapping, keeping)
  const left = await leftFor(records)
  if (left !== undefined) throw new KonfigError(failure('installation_moved', { where: left.where }))
  for (;;) {
    const found = await readInstallation(records)
    if (found !== undefined) {
      const { stored } = found
      for (const each of stored.next === undefined ? [stored] : [stored.next, stored]) {
        const held = await masters.find(each.master)
        if (held === undefined) continue
        const opened = await held.unwrap(Buffer.from(each.wrapped, 'base64')).catch((reason: unknown) => {
          // It names this very master key, so that is not what is wrong.
          const own = reason instanceof KonfigError && reason.failure.code === 'key_wrong'
          throw own ? corrupt('records installation', 0, 'record key names this master key, and was changed') : reason
        })
        if (opened.byteLength !== 32) throw keyWrong()
        return { masters, key: opened }
      }
      throw keyWrong()
    }
    if ((await records.get(restoring)) !== undefined) throw new KonfigError(failure('restore_unfinished'))
    if (await isPlace(records))
      throw new KonfigError(
        failure('journal_foreign', { name: mainJournal, reason: 'is one that tenants of another installation are in' }),
      )
    // Several nodes may start at once: one creates, all read what is there.
    await writeInstallation(records, undefined, { format: 1, ...(await wrapFor(master, randomBytes(32))) })
  }
}
