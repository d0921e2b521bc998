// The beginning and the end of the copy of an installation: a mark says that it is not whole, and nobody can open it until its key is there,
// which comes last. Owns the mark and the key's record; neither is opened.
import { randomUUID } from 'node:crypto'
import { failure, KonfigError, type PlaceId } from '@konfig/core'
import type { Records } from '../records.ts'
import { isPlace, placeOf } from '../places/place.ts'
import type { Installation } from '../sealing/face.ts'
import { settle } from '../sealing/settle.ts'
import { copyCollection, copyRecord } from './copy-records.ts'

const key = { collection: 'installation', id: 'key' } as const
/** The mark of a restore as well: whoever opens it is refused either way, and the value says what it is. */
const mark = { collection: 'installation', id: 'restoring' } as const
const copying = 'copy'

const present = (what: string): KonfigError => new KonfigError(failure('installation_present', { what }))

export interface CopyTarget {
  readonly place: PlaceId
  /** The copy was whole before: only what ends the source may be left. */
  readonly whole: boolean
}

/**
 * Takes a target that holds nothing, or an earlier copy of this very installation. Rejects with `installation_present` where something else is there,
 * `journal_foreign`.
 */
export const beginCopy = async (
  source: Records,
  target: Records,
  installation: Pick<Installation, 'key'>,
): Promise<CopyTarget> => {
  const [there, own, begun] = [await target.get(key), await source.get(key), await target.get(mark)]
  if (begun === undefined) {
    if (there !== undefined) {
      // A copy has the very record; any other installation wrote one of its own.
      if (there.version !== own?.version) throw present('an installation')
      return { place: await placeOf(target, installation, 'of the target'), whole: true }
    }
    if (await isPlace(target)) throw present('a journal that tenants of an installation are in')
    const value = Buffer.from(copying)
    await settle(
      () => target.put({ ...mark, expected: undefined, version: randomUUID(), value }),
      'the mark of the copy',
    )
  } else if (Buffer.from(begun.value).toString() !== copying) throw present('a restore that was cut short')
  return { place: await placeOf(target, installation, 'of the target'), whole: false }
}

/** From now on the target can be opened. May be repeated. */
export const finishCopy = async (source: Records, target: Records): Promise<void> => {
  const own = await source.get(key)
  if (own === undefined) throw new KonfigError(failure('installation_missing'))
  // How a passphrase becomes the master key, for one: all that is the installation's and not the store's.
  await copyCollection(source, target, key.collection, (id) => ([key.id, mark.id, 'place'] as string[]).includes(id))
  await copyRecord(target, own)
  const begun = await target.get(mark)
  if (begun !== undefined) await settle(() => target.delete(mark, begun.version), 'the mark of the copy')
}
