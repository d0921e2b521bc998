// One installation's own key: made at the first start, wrapped by the master key, and the proof that the master key is the right one.
import { randomBytes } from 'node:crypto'
import { failure, KonfigError } from '@konfig/core'
import type { Records } from '../records.ts'
import { keyWrong } from './corrupt.ts'
import type { Installation, MasterKey } from './face.ts'

const key = { collection: 'installation', id: 'key' } as const

interface Stored {
  readonly format: 1
  readonly master: string
  readonly wrapped: string
}

const restoring = { collection: 'installation', id: 'restoring' } as const

/** Whether there is an installation: its key, or the beginning of one that is being restored. */
export const hasInstallation = async (records: Records): Promise<boolean> =>
  (await records.get(key)) !== undefined || (await records.get(restoring)) !== undefined

/**
 * Makes an installation with a key that it had before, elsewhere. Until the answer is called nobody can open it, so that one restored by half
 * is never served. Rejects with `installation_present` where there is one.
 */
export const adoptInstallation = async (
  records: Records,
  master: MasterKey,
  plain: Uint8Array,
): Promise<{ readonly installation: Installation; readonly finish: () => Promise<void> }> => {
  const version = crypto.randomUUID()
  const begun = await records.put({ ...restoring, expected: undefined, version, value: new Uint8Array(1) })
  if (begun !== 'landed' || (await records.get(key)) !== undefined)
    throw new KonfigError(failure('installation_present', { what: 'an installation' }))
  return {
    installation: { master, key: plain },
    finish: async () => {
      const wrapped = Buffer.from(await master.wrap(plain)).toString('base64')
      const stored: Stored = { format: 1, master: master.id, wrapped }
      await records.put({
        ...key,
        expected: undefined,
        version: crypto.randomUUID(),
        value: Buffer.from(JSON.stringify(stored)),
      })
      await records.delete(restoring, version)
    },
  }
}

/** Opens the installation, or makes it where there is none. Rejects with `key_wrong` where this master key is not the one it was made with. */
export const openInstallation = async (records: Records, master: MasterKey): Promise<Installation> => {
  for (;;) {
    const found = await records.get(key)
    if (found !== undefined) {
      const stored = JSON.parse(Buffer.from(found.value).toString()) as Partial<Stored>
      if (stored.format !== 1 || stored.master !== master.id) throw keyWrong()
      const opened = await master.unwrap(Buffer.from(stored.wrapped ?? '', 'base64'))
      if (opened.byteLength !== 32) throw keyWrong()
      return { master, key: opened }
    }
    if ((await records.get(restoring)) !== undefined) throw new KonfigError(failure('restore_unfinished'))
    const wrapped = Buffer.from(await master.wrap(randomBytes(32))).toString('base64')
    const fresh: Stored = { format: 1, master: master.id, wrapped }
    // Several nodes may start at once: one creates, all read what is there.
    await records.put({
      ...key,
      expected: undefined,
      version: crypto.randomUUID(),
      value: Buffer.from(JSON.stringify(fresh)),
    })
  }
}
