// The beginning and the end of the copy of an installation: a mark says that it is not whole, and nobody can open it until its key is there,
// which comes last. Owns the mark and the key's record; neither is opened.
import { randomUUID } from 'node:crypto'
import { failure, KonfigError, type PlaceId } from '@konfig/core'
import type { Records } from '../records.ts'
import { knownPlace, placeOf } from '../places/place.ts'
import { leftFor } from '../places/left.ts'
import type { Installation } from '../sealing/face.ts'
import { settle } from '../sealing/settle.ts'
import { copyCollection, copyRecord } from './copy-records.ts'

const key = { collection: 'installation', id: 'key' } as const
/** The mark of a restore as well: whoever opens it is refused either way, and the value says what it is. */
const mark = { collection: 'installation', id: 'restoring' } as const
const copying = 'copy'

const present = (what: string): KonfigError => new KonfigError(failure('installation_present', { what }))

/** `begun`: a copy of this installation that is not whole yet, or that is and can be served (`whole`), is there. */
export type CopyTarget = 'empty' | 'begun' | 'whole'

/**
 * Whether a copy may go there, changing nothing: to a place that holds nothing, or an earlier copy of this very installation. Rejects with
 * `installation_present` where something else is there, `journal_foreign`.
 */
export const lookAtTarget = async (
  source: Records,
  target: Records,
  installation: Pick<Installation, 'key'>,
): Promise<CopyTarget> => {
  if ((await leftFor(target)) !== undefined) throw present('what an installation left that was moved and erased')
  const [there, own, begun] = [await target.get(key), await source.get(key), await target.get(mark)]
  if (begun !== undefined && Buffer.from(begun.value).toString() !== copying)
    throw present('a restore that was cut short')
  // A copy has the very record; any other installation wrote one of its own.
  if (begun === undefined && there !== undefined && there.version !== own?.version) throw present('an installation')
  const place = await knownPlace(target, installation, 'of the target')
  if (place !== undefined && place === (await knownPlace(source, installation, 'of the source')))
    throw new KonfigError(
      failure('journal_foreign', { name: 'of the target', reason: 'is the same database as the source' }),
    )
  if (begun !== undefined) return 'begun'
  if (there !== undefined) return 'whole'
  if (place !== undefined) throw present('a journal that tenants of an installation are in')
  return 'empty'
}

/** Takes a target that was looked at; answers its place. */
export const beginCopy = async (
  found: CopyTarget,
  target: Records,
  installation: Pick<Installation, 'key'>,
): Promise<PlaceId> => {
  if (found === 'empty') {
    const value = Buffer.from(copying)
    await settle(
      () => target.put({ ...mark, expected: undefined, version: randomUUID(), value }),
      'the mark of the copy',
    )
  }
  return placeOf(target, installation, 'of the target')
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
