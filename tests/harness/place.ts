// Where a world lies: in memory, in a file of SQLite, or in a database of PostgreSQL. Owns opening, copying and looking at the heads; knows nothing of what lies there.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock, Journal, Records } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import { openPostgres } from '@konfig/journal-postgres'
import { openSqlite } from '@konfig/journal-sqlite'
import { borrowDatabase, type PostgresDatabase, querySync } from '../servers/postgres.ts'

const all = ['memory', 'sqlite', 'postgres'] as const
export type Backend = (typeof all)[number]

/** Those that the suites run on: what an installation can be on, or the ones that KONFIG_TEST_BACKENDS names, parted by spaces. */
export const backends: readonly Backend[] = all.filter((backend) =>
  (process.env['KONFIG_TEST_BACKENDS'] ?? 'sqlite postgres').split(/[\s,]+/).includes(backend),
)

export interface Place {
  readonly open: (clock: Clock) => Promise<{ readonly journal: Journal; readonly records: Records }>
  /** A place of its own with the same content; only while nobody has this one open. */
  readonly copy: () => Promise<Place>
  readonly heads: () => { readonly [log: string]: number }
  /** Changes a byte of what is stored of a batch, behind everybody's back. */
  readonly damage: (log: string, first: number) => void
  readonly remove: () => Promise<void>
}

/** Bytes are shared between clones: neither the store nor its readers ever write into them. */
const clone = (store: MemoryStore): MemoryStore => ({
  id: store.id,
  listeners: new Set(),
  sequence: store.sequence,
  logs: new Map(
    [...store.logs].map(([log, kept]) => [
      log,
      { ...kept, batches: [...kept.batches], snapshots: new Map(kept.snapshots) },
    ]),
  ),
  records: new Map([...store.records].map(([collection, rows]) => [collection, new Map(rows)])),
})

const flipped = (bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  copy[copy.length - 5] = (copy[copy.length - 5] ?? 0) ^ 1
  return copy
}

const inMemory = (store: MemoryStore): Place => ({
  open: async (clock) => openMemory({ clock, store }),
  copy: async () => inMemory(clone(store)),
  heads: () => Object.fromEntries([...store.logs].map(([log, { batches }]) => [log, batches.at(-1)?.last ?? 0])),
  damage: (log, first) => {
    const { batches = [] } = store.logs.get(log) ?? {}
    const at = batches.findIndex((batch) => batch.first === first)
    const batch = batches[at]
    if (batch !== undefined) batches[at] = { ...batch, payload: flipped(batch.payload) }
  },
  remove: async () => undefined,
})

const inFile = (from?: string): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-world-'))
  const file = join(folder, 'konfig.db')
  if (from !== undefined) copyFileSync(from, file)
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    open: (clock) => openSqlite({ path: file, clock }),
    copy: async () => inFile(file),
    heads: () => {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
      const rows = database.prepare('SELECT log, max(last) AS head FROM batches GROUP BY log').all() as unknown as {
        log: string
        head: number
      }[]
      database.close()
      return Object.fromEntries(rows.map(({ log, head }) => [log, Math.max(0, head)]))
    },
    damage: (log, first) => {
      const database = new DatabaseSync(file, { timeout: 5000 })
      const row = database.prepare('SELECT payload FROM batches WHERE log = ? AND first = ?').get(log, first) as {
        payload: Uint8Array
      }
      database
        .prepare('UPDATE batches SET payload = ? WHERE log = ? AND first = ?')
        .run(flipped(row.payload), log, first)
      database.close()
    },
    remove: async () => {
      process.removeListener('exit', remove)
      remove()
    },
  }
}

const inPostgres = (database: PostgresDatabase): Place => ({
  open: (clock) => openPostgres({ url: database.url, migrateUrl: database.migrateUrl, clock }),
  copy: async () => inPostgres(await database.copy()),
  heads: () =>
    Object.fromEntries(
      querySync(database.superUrl, 'SELECT log, greatest(max(last), 0) FROM konfig.batches GROUP BY log').map((row) => {
        const [log = '', head] = row.split('|')
        return [log, Number(head)]
      }),
    ),
  damage: (log, first) => {
    querySync(
      database.superUrl,
      `UPDATE konfig.payloads SET payload = set_byte(payload, length(payload) - 5, get_byte(payload, length(payload) - 5) # 1)
       WHERE log = '${log}' AND first = ${first}`,
    )
  },
  remove: database.drop,
})

export const newPlace = async (backend: Backend): Promise<Place> => {
  if (backend === 'memory') return inMemory(createMemoryStore())
  return backend === 'sqlite' ? inFile() : inPostgres(await borrowDatabase())
}
