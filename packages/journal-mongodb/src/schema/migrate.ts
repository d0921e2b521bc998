// Brings collections and indexes to this version's format. Safe when many nodes start at once: each step may be repeated, and the document that
// says that a migration was applied is written last.
import { randomUUID } from 'node:crypto'
import { failure, KonfigError } from '@konfig/core'
import type { Db, IndexDescription } from 'mongodb'
import { codeOfServer, isTaken } from '../errors.ts'
import { collectionsOf, names } from './documents.ts'

interface Migration {
  readonly name: string
  readonly indexes: { readonly [collection: string]: readonly IndexDescription[] }
}

// Ids are unique by themselves, and sort as what they name. `drop` ends documents where the server does that.
const passing: IndexDescription = { key: { drop: 1 }, name: 'konfig_drop', expireAfterSeconds: 0 }

/** In order; the number in a name says the format. */
const migrations: readonly Migration[] = [
  {
    name: '0001-collections',
    indexes: {
      [names.batches]: [
        { key: { log: 1, last: 1 }, name: 'konfig_log_last' },
        { key: { span: 1 }, name: 'konfig_span' },
        passing,
      ],
      [names.blobs]: [{ key: { log: 1, at: 1 }, name: 'konfig_log_at' }],
      [names.parts]: [
        { key: { blob: 1, _id: 1 }, name: 'konfig_blob' },
        { key: { log: 1 }, name: 'konfig_log' },
      ],
      [names.snapshots]: [{ key: { log: 1, revision: 1 }, name: 'konfig_log_revision' }],
      [names.records]: [
        { key: { key: 1, number: 1 }, name: 'konfig_key_number' },
        { key: { expires: 1 }, name: 'konfig_expires' },
        passing,
      ],
    },
  },
]

const formatOf = (name: string): number => Number.parseInt(name, 10)
export const format = Math.max(...migrations.map(({ name }) => formatOf(name)))
const installation = 'installation'

/** Format of the collections; 0 where there are none. */
export const formatIn = async (db: Db): Promise<number> => {
  const found = await collectionsOf(db).format.find({}).toArray()
  return Math.max(0, ...found.filter(({ _id }) => _id !== installation).map(({ _id }) => formatOf(_id)))
}

/** Undefined where there is none yet. Tells this installation's cursors from those of another. */
export const installationIn = async (db: Db): Promise<string | undefined> =>
  (await collectionsOf(db).format.findOne({ _id: installation }))?.id

const unlessThere = async (making: Promise<unknown>, codes: readonly number[]): Promise<void> => {
  await making.catch((error: unknown) => {
    if (!codes.includes(codeOfServer(error) ?? 0)) throw error
  })
}

const namespaceExists = 48
/** Of a server that does not know what an index is asked to do, such as ending documents. */
const notKnown = [2, 115, 197, 238]

const apply = async (db: Db, { name, indexes }: Migration): Promise<void> => {
  for (const [collection, wanted] of Object.entries(indexes)) {
    await unlessThere(db.createCollection(collection), [namespaceExists])
    for (const index of wanted)
      await unlessThere(
        db.collection(collection).createIndexes([index]),
        index.expireAfterSeconds === undefined ? [] : notKnown,
      )
  }
  const { format: applied } = collectionsOf(db)
  await applied.insertOne({ _id: name }).catch((error: unknown) => {
    if (!isTaken(codeOfServer(error))) throw error
  })
}

/** Makes the collections, or brings them up to date. Rejects with `journal_newer` for those of a newer version, and changes nothing then. */
export const migrate = async (db: Db): Promise<void> => {
  const found = await formatIn(db)
  if (found > format) throw new KonfigError(failure('journal_newer', { found }))
  if (found === format) return
  await unlessThere(db.createCollection(names.format), [namespaceExists])
  const { format: applied } = collectionsOf(db)
  await applied.insertOne({ _id: installation, id: randomUUID() }).catch((error: unknown) => {
    if (!isTaken(codeOfServer(error))) throw error
  })
  for (const migration of migrations) if (formatOf(migration.name) > found) await apply(db, migration)
}
