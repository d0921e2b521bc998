// Makes a collection of records in one store be as it is in another, byte for byte: values stay sealed, versions stay as they are. Opens nothing.
import type { Records, RecordVersion, StoredRecord } from '../records.ts'
import { settle } from '../sealing/settle.ts'

const pageSize = 500

export async function* everyStored(records: Records, collection: string): AsyncGenerator<StoredRecord> {
  let after: string | undefined
  for (;;) {
    const page = await records.list(collection, { limit: pageSize, ...(after === undefined ? {} : { after }) })
    yield* page
    after = page.at(-1)?.id
    if (page.length === 0) return
  }
}

/** Puts a record in the place of the one of that version, or of none; false where the target has another by now. */
export const replaceRecord = async (
  target: Records,
  { collection, id, version, value, expiresAt }: StoredRecord,
  expected: RecordVersion | undefined,
): Promise<boolean> => {
  const write = { collection, id, expected, version, value, ...(expiresAt === undefined ? {} : { expiresAt }) }
  return (await settle(() => target.put(write), 'a record of the copy')) === 'landed'
}

/** One record; false where the target held it as it is. The target must have no other writer. */
export const copyRecord = async (target: Records, record: StoredRecord): Promise<boolean> => {
  const there = await target.get({ collection: record.collection, id: record.id })
  if (there?.version === record.version) return false
  await replaceRecord(target, record, there?.version)
  return true
}

/** Ids and versions of the records of one collection. */
export type Copied = ReadonlyMap<string, RecordVersion>

/** Answers what was copied. What the source does not have goes from the target, but for ids that `keeps` names. */
export const copyCollection = async (
  source: Records,
  target: Records,
  collection: string,
  keeps: (id: string) => boolean = () => false,
): Promise<Copied> => {
  const seen = new Map<string, RecordVersion>()
  for await (const record of everyStored(source, collection)) {
    if (keeps(record.id)) continue
    seen.set(record.id, record.version)
    await copyRecord(target, record)
  }
  for await (const { id, version } of everyStored(target, collection))
    if (!seen.has(id) && !keeps(id))
      await settle(() => target.delete({ collection, id }, version), 'a record of the copy')
  return seen
}
