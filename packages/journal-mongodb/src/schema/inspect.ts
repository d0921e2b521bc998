// What the role may do in this database, and what the collections are. Writes nothing that stays.
import { CannotOpen } from '@konfig/journal'
import { failure, KonfigError } from '@konfig/core'
import type { Db } from 'mongodb'
import { codeOfServer } from '../errors.ts'
import { collectionsOf } from './documents.ts'
import { format, formatIn, installationIn } from './migrate.ts'

export interface Inspected {
  readonly installation: string
  /** More than one server keeps what is acknowledged. */
  readonly replicated: boolean
}

const oldest = 21
const denied = 13

/** Writes that touch no document: they fail where the right to them is missing. */
const attempt = async (db: Db): Promise<void> => {
  const { records, batches } = collectionsOf(db)
  await records.updateMany({ _id: '' }, { $set: { gone: true } })
  await batches.deleteMany({ _id: '' })
}

/** Throws `CannotOpen`, or `journal_newer`. */
export const inspect = async (db: Db): Promise<Inspected> => {
  const hello = await db.command({ hello: 1 })
  if (Number(hello['maxWireVersion']) < oldest) throw new CannotOpen('MongoDB 7.0 or newer is needed.')
  const found = await formatIn(db)
  const installation = await installationIn(db)
  if (found > format) throw new KonfigError(failure('journal_newer', { found }))
  if (found === 0 || installation === undefined)
    throw new CannotOpen(
      'The database has no collections of Konfig, and the role of KONFIG_JOURNAL may not make them. Give it the role readWrite there, or give the URL of one that has it as KONFIG_JOURNAL_MIGRATE; docs/how-to-mongodb.md shows how.',
    )
  if (found < format)
    throw new CannotOpen(
      'The collections of Konfig are of an older version. Start once with the URL of a role that may make indexes as KONFIG_JOURNAL_MIGRATE, which brings them up to date.',
    )
  await attempt(db).catch((error: unknown) => {
    if (codeOfServer(error) !== denied) throw error
    throw new CannotOpen(
      'The role of KONFIG_JOURNAL may not read and write the collections of Konfig: grant it readWrite on the database; docs/how-to-mongodb.md shows how.',
      { cause: error },
    )
  })
  return { installation, replicated: hello['setName'] !== undefined || hello['msg'] === 'isdbgrid' }
}
