// The id of a store: made when an installation first uses it, kept in it, in the clear. Tells stores apart however they are reached, and whose they are.
import { createHash, randomUUID } from 'node:crypto'
import { failure, KonfigError, type PlaceId } from '@konfig/core'
import type { Records } from '../records.ts'
import type { Installation } from '../sealing/face.ts'

const key = { collection: 'installation', id: 'place' } as const

interface Stored {
  readonly format: 1
  readonly id: PlaceId
  /** Tells installations apart and tells nothing of their keys. */
  readonly of: string
}

const fingerprintOf = ({ key: own }: Pick<Installation, 'key'>): string =>
  createHash('sha256').update('konfig installation\n').update(own).digest('base64url')

const read = async (records: Records): Promise<Stored | undefined> => {
  const found = await records.get(key)
  return found === undefined ? undefined : (JSON.parse(Buffer.from(found.value).toString()) as Stored)
}

/** Whether an installation uses this store, its own key aside. */
export const isPlace = async (records: Records): Promise<boolean> => (await read(records)) !== undefined

const checked = (found: Stored, of: string, name: string): PlaceId => {
  if (found.of === of) return found.id
  throw new KonfigError(failure('journal_foreign', { name, reason: 'belongs to another installation' }))
}

/** The store's id; undefined where it has none. Rejects as `placeOf` does, and makes nothing. */
export const knownPlace = async (
  records: Records,
  installation: Pick<Installation, 'key'>,
  name: string,
): Promise<PlaceId | undefined> => {
  const found = await read(records)
  return found === undefined ? undefined : checked(found, fingerprintOf(installation), name)
}

/** The store's id, made where there is none. Rejects with `journal_foreign` where it belongs to another installation; `name` is for people. */
export const placeOf = async (
  records: Records,
  installation: Pick<Installation, 'key'>,
  name: string,
): Promise<PlaceId> => {
  const of = fingerprintOf(installation)
  for (;;) {
    const found = await read(records)
    if (found !== undefined) return checked(found, of, name)
    const fresh: Stored = { format: 1, id: randomUUID(), of }
    await records.put({
      ...key,
      expected: undefined,
      version: randomUUID(),
      value: Buffer.from(JSON.stringify(fresh)),
    })
  }
}
