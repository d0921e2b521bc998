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

/** What a log's newest row ends at: a later one than it, or the gravestone, stands for all before. */
type Ends = ReadonlyMap<string, number>

const latest = (all: readonly Ends[]): Ends => {
  const ends = new Map<string, number>()
  for (const each of all) for (const [log, end] of each) ends.set(log, Math.max(ends.get(log) ?? 0, end))
  return ends
}

/** Row by row: they may be all that there are, and only the logs are remembered. */
const find = (database: Database, filter: Filter<BatchDocument>): Promise<Ends> =>
  database.read(async ({ batches }) => {
    const ends = new Map<string, number>()
    for await (const { log, of, last } of batches.find<Change>(filter, { projection: fields, batchSize: 10_000 })) {
      const name = log ?? of ?? ''
      ends.set(name, Math.max(ends.get(name) ?? 0, last))
    }
    return ends
  })

/** One before, for what became visible late; one after now, for nodes that take it to be later. */
const stepsSince = (cursor: number, now: number): readonly number[] => {
  const [from, to] = [cursor - spanMillis, now + spanMillis].map((at) => Math.floor(at / spanMillis))
  return Array.from({ length: Math.max(0, (to ?? 0) - (from ?? 0) + 1) }, (_, step) => (from ?? 0) + step)
}

const endsSince = async (database: Database, cursor: number | undefined, now: number): Promise<Ends> => {
  if (cursor === undefined) return find(database, {})
  const steps = stepsSince(cursor, now)
  if (steps.length > mostSteps) return find(database, { span: { $gte: steps[0] ?? 0 } })
  return latest(await Promise.all(steps.map((span) => find(database, { span }))))
}

const headsIn = (ends: Ends): readonly ChangedLog[] =>
  [...ends].map(([log, head]) => ({ log, head: head === gravestoneEnd ? ('erased' as const) : head }))

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
  return { changed: headsIn(await endsSince(database, known, now)), cursor: next }
}
