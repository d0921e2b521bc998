// Takes everything of an installation out of a store that it has left. Opens nothing. Promise: killed anywhere, the same again finishes it, and nobody
// opens what is half gone: the note of where it went is there first, and the installation's key goes last.
import type { Stored } from '../places/late.ts'
import { type Left, sayLeft } from '../places/left.ts'
import { settle } from '../sealing/settle.ts'
import { everyStored } from './copy-records.ts'

const rings = 'key-rings'
const own = 'installation'
/** Whose store it was, where that went, and the salt without which a passphrase would become another key. */
const stays: readonly string[] = ['place', 'moved', 'passphrase']

/** `collections`: all that records may be in. Answers how many logs were erased; `told` hears of each. */
export const eraseStore = async (
  { journal, records }: Stored,
  left: Left,
  collections: readonly string[],
  told: (logs: number) => void = () => undefined,
): Promise<number> => {
  await sayLeft(records, left)
  // What has expired is not listed, and lies there until it is swept.
  await records.sweep()
  const drop = async (collection: string, id: string, version: string): Promise<void> => {
    await settle(() => records.delete({ collection, id }, version), 'a record of what was moved')
  }
  let logs = 0
  // No journal gives such a cursor, and what it does not understand it answers with all logs.
  const { changed } = await journal.changedSince('every log')
  for (const { log, head } of changed) {
    if (head === 'erased') continue
    await journal.erase(log)
    told(++logs)
  }
  for await (const { id, version } of everyStored(records, rings)) {
    await journal.erase(id)
    await drop(rings, id, version)
  }
  for (const collection of collections)
    if (collection !== own && collection !== rings)
      for await (const { id, version } of everyStored(records, collection)) await drop(collection, id, version)
  for await (const { id, version } of everyStored(records, own)) if (!stays.includes(id)) await drop(own, id, version)
  return logs
}
