// Which logs changed since a cursor. The index is ordered by the clocks of writers and follows the table a moment later, so the cursor is a
// time and what lies before it is answered again: 5 seconds each time, and every 10 seconds a whole minute.
import type { ChangedLog } from '@konfig/journal'
import type { LogId, Millis, Revision } from '@konfig/core'
import type { Database } from '../database.ts'
import { indexParts, type Item, logOf } from '../schema/items.ts'

const nearMillis = 5000
const farMillis = 60_000
const farEveryMillis = 10_000

const changesIn = async function* (database: Database, since: Millis): AsyncGenerator<Item> {
  for (const part of indexParts) {
    const keys = { text: '#i = :i AND #at >= :at', values: { i: `change/${part}`, at: since } }
    yield* database.all({ keys, index: true, only: ['last', 'gone'] })
  }
}

const times = /^(\d{1,15})\/(\d{1,15})$/

/** Since when to look, and the time of the last far look for the cursor. */
const lookOf = (then: string, now: Millis): { readonly since: Millis; readonly far: Millis } => {
  const [, last, far] = times.exec(then) ?? []
  if (last === undefined || far === undefined) return { since: 0, far: now }
  return now - Number(far) < farEveryMillis
    ? { since: Number(last) - nearMillis, far: Number(far) }
    : { since: Number(far) - farMillis, far: now }
}

export const changedSince = async (
  database: Database,
  installation: string,
  cursor: string | undefined,
  now: Millis,
): Promise<{ readonly changed: readonly ChangedLog[]; readonly cursor: string }> => {
  database.check()
  if (cursor === undefined) return { changed: [], cursor: `${installation}/${now}/${now}` }
  const [from = '', ...then] = cursor.split('/')
  const { since, far } = lookOf(from === installation ? then.join('/') : '', now)
  const heads = new Map<LogId, Revision | 'erased'>()
  for await (const item of changesIn(database, since)) {
    const log = logOf(item)
    const known = heads.get(log) ?? 0
    if (item.gone === 'erased') heads.set(log, 'erased')
    else if (known !== 'erased') heads.set(log, Math.max(known, item.last ?? 0))
  }
  return {
    changed: [...heads].map(([log, head]) => ({ log, head })),
    cursor: `${installation}/${now}/${far}`,
  }
}
