// Refuses to serve an installation of which only a part could be opened: between two master keys, a node that was not given both says which
// logs still need the other one.
import { type LogId } from '@konfig/core'
import {
  type Installation,
  type KeyRings,
  logsLacking,
  masterMissing,
  type Records,
  type SealedRecords,
} from '@konfig/journal'
import { openDirectory } from '../directory.ts'

const mostNamed = 5

/** Whose logs they are, the first few by name. */
const namesOf = async (records: SealedRecords, logs: readonly LogId[]): Promise<readonly string[]> => {
  const wanted = new Set(logs)
  const names: string[] = []
  for await (const { name, config, access } of openDirectory(records).every())
    if (wanted.has(config) || wanted.has(access)) {
      names.push(name)
      if (names.length > mostNamed) return [...names.slice(0, mostNamed), '…']
    }
  return names
}

/** Rejects with `master_key_missing`. */
export const refuseLacking = async (place: {
  readonly stored: Records
  readonly records: SealedRecords
  readonly installation: Installation
  readonly rings: KeyRings
}): Promise<void> => {
  const lacking = await logsLacking(place)
  if (lacking === undefined) return
  const names = await namesOf(place.records, lacking.logs)
  const whose = names.length === 0 ? 'of the platform' : `of tenants ${names.join(', ')}`
  throw masterMissing(`${lacking.logs.length} logs (${whose})`, lacking.id)
}
