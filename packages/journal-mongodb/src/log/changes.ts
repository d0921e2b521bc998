// Which logs changed since a cursor. The cursor is the server's time; a batch says in which step of it it was written. The steps before are
// answered again, since what was written in them may have become visible later. Asked step by step, for servers that find only what is equal.
import type { ChangedLog } from '@konfig/journal'
import type { Filter } from 'mongodb'
import type { Database } from '../database.ts'
import { type BatchDocument, gravestoneEnd, spanMillis } from '../schema/documents.ts'

/** Further back, all that follows is asked for at once. */
const mostSteps = 8

const fields = { _id: 0, log: 1, of: 1, last: 1 } as const
type Change = { readonly log?: string; readonly of?: string; readonly last: number }

const find = (database: Database, filter: Filter<BatchDocument>): Promise<readonly Change[]> =>
  database.read(({ batches }) => batches.find<Change>(filter, { projection: fields, batchSize: 10_000 }).toArray())

/** One before, for what became visible late; one after now, for nodes that take it to be later. */
const stepsSince = (cursor: number, now: number): readonly number[] => {
  const [from, to] = [cursor - spanMillis, now + spanMillis].map((at) => Math.floor(at / spanMillis))
  return Array.from({ length: Math.max(0, (to ?? 0) - (from ?? 0) + 1) }, (_, step) => (from ?? 0) + step)
}

const changesSince = async (
  database: Database,
  cursor: number | undefined,
  now: number,
): Promise<readonly Change[]> => {
  if (cursor === undefined) return find(database, {})
  const steps = stepsSince(cursor, now)
  if (steps.length > mostSteps) return find(database, { span: { $gte: steps[0] ?? 0 } })
  return (await Promise.all(steps.map((span) => find(database, { span })))).flat()
}

const headsIn = (changes: readonly Change[]): readonly ChangedLog[] => {
  const heads = new Map<string, number>()
  for (const { log, of, last } of changes) {
    const name = log ?? of ?? ''
    heads.set(name, Math.max(heads.get(name) ?? 0, last))
  }
  return [...heads].map(([log, head]) => ({ log, head: head === gravestoneEnd ? ('erased' as const) : head }))
}

export const changedSince = async (
  database: Database,
  installation: string,
  cursor: string | undefined,
): Promise<{ readonly changed: readonly ChangedLog[]; readonly cursor: string }> => {
  const now = Math.floor(await database.time.ask())
  const next = `${installation}/${now}`
  if (cursor === undefined) return { changed: [], cursor: next }
  const [from, then = ''] = cursor.split('/')
  const known = from === installation && /^\d{1,15}$/.test(then) ? Number(then) : undefined
  return { changed: headsIn(await changesSince(database, known, now)), cursor: next }
}
