// Records as JSON documents, sealed under the installation's key. Binds each value to its collection, id and version, so that none can be moved.
import { failure, KonfigError } from '@konfig/core'
import type { RecordKey, Records, RecordVersion, StoredRecord } from '../records.ts'
import { outcomeUnknown } from './corrupt.ts'
import { open, seal } from './envelope.ts'
import type { Installation, SealedRecord, SealedRecords } from './face.ts'
import { settle } from './settle.ts'

const magic = Buffer.from('KFR1')

export const contextOf = ({ collection, id }: RecordKey, version: RecordVersion): Buffer =>
  Buffer.from(`KFR1\n${collection}\n${id}\n${version}`)

/** The bytes of one record. */
export const sealRecord = (key: Uint8Array, at: RecordKey, version: RecordVersion, value: unknown): Uint8Array => {
  const text = JSON.stringify(value)
  if (text === undefined) throw new KonfigError(failure('bug'), { cause: new Error('a record needs a JSON value') })
  return Buffer.concat([magic, seal(key, 'record', contextOf(at, version), Buffer.from(text))])
}

/** What is sealed in it; undefined where it is no record of this form. */
export const sealedPart = (value: Uint8Array): Uint8Array | undefined =>
  magic.compare(value, 0, magic.length) === 0 ? value.subarray(magic.length) : undefined

/** The value of one record. Throws `journal_corrupt` where it was altered or moved. */
export const openRecord = (key: Uint8Array, { collection, id, version, value }: StoredRecord): unknown => {
  const opened = open(key, 'record', contextOf({ collection, id }, version), sealedPart(value) ?? new Uint8Array())
  if ('refused' in opened)
    throw new KonfigError(
      failure('journal_corrupt', {
        log: `records ${collection}`,
        revision: 0,
        reason: `record ${id} was changed, moved here, or sealed under another key`,
      }),
    )
  return JSON.parse(opened.plain.toString())
}

export const sealedRecords = (records: Records, { key }: Pick<Installation, 'key'>): SealedRecords => {
  // The caller names the type; what was authenticated is what this program wrote.
  const opened = <T>(record: StoredRecord): SealedRecord<T> => ({
    id: record.id,
    version: record.version,
    value: openRecord(key, record) as T,
    ...(record.expiresAt === undefined ? {} : { expiresAt: record.expiresAt }),
  })
  return {
    get: async <T>(collection: string, id: string) => {
      const record = await records.get({ collection, id })
      return record === undefined ? undefined : opened<T>(record)
    },

    put: async (collection, id, expected, value, expiresAt) => {
      const version = crypto.randomUUID()
      const write = {
        collection,
        id,
        expected,
        version,
        value: sealRecord(key, { collection, id }, version, value),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      }
      const outcome = await settle(() => records.put(write), 'the record')
      return outcome === 'landed' ? version : undefined
    },

    delete: async (collection, id, expected) => {
      const outcome = await records.delete({ collection, id }, expected)
      if (outcome !== 'unknown') return outcome === 'landed'
      // Where it is still there, the lost delete did nothing, and may be made again; where it is gone, nobody can tell by whom.
      const again = await settle(() => records.delete({ collection, id }, expected), 'the deletion')
      if (again === 'landed') return true
      throw outcomeUnknown('the deletion')
    },

    list: async <T>(collection: string, options: Parameters<SealedRecords['list']>[1]) =>
      (await records.list(collection, options)).map((record) => opened<T>(record)),

    sweep: records.sweep,
  }
}
