// One installation's own key: made at the first start, wrapped by the master key, and the proof that the master key is the right one.
import { randomBytes } from 'node:crypto'
import type { Records } from '../records.ts'
import { keyWrong } from './corrupt.ts'
import type { Installation, MasterKey } from './face.ts'

const key = { collection: 'installation', id: 'key' } as const

interface Stored {
  readonly format: 1
  readonly master: string
  readonly wrapped: string
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
