// Which places were emptied of a log, or of a whole installation, when it had moved away from there: an erasure has nothing to reach in them any more.
import type { LogId, PlaceId } from '@konfig/core'
import type { SealedRecords } from '@konfig/journal'

const collection = 'vacated'

const idOf = (place: PlaceId, log: LogId | undefined): string => (log === undefined ? place : `${place}/${log}`)

/** `log` undefined: of all that there was. To be called once nothing is left there. */
export const sayVacated = async (records: SealedRecords, place: PlaceId, log?: LogId): Promise<void> => {
  await records.put(collection, idOf(place, log), undefined, {})
}

export const isVacated = async (records: SealedRecords, place: PlaceId, log: LogId): Promise<boolean> =>
  (await records.get(collection, idOf(place, undefined))) !== undefined ||
  (await records.get(collection, idOf(place, log))) !== undefined

/** An installation comes back there. */
export const forgetVacated = async (records: SealedRecords, place: PlaceId): Promise<void> => {
  const found = await records.get(collection, place)
  if (found !== undefined) await records.delete(collection, place, found.version)
}
