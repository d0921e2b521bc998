// Where a world lies: in memory or in a file of SQLite. Owns opening, copying and looking at the heads; knows nothing of what lies there.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock, Journal, Records } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import { openSqlite } from '@konfig/journal-sqlite'

export const backends = ['memory', 'sqlite'] as const
export type Backend = (typeof backends)[number]

export interface Place {
  readonly open: (clock: Clock) => Promise<{ readonly journal: Journal; readonly records: Records }>
  /** A place of its own with the same content; only while nobody has this one open. */
  readonly copy: () => Place
  readonly heads: () => { readonly [log: string]: number }
  readonly file: string | undefined
  readonly remove: () => void
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

const inMemory = (store: MemoryStore): Place => ({
  open: async (clock) => openMemory({ clock, store }),
  copy: () => inMemory(clone(store)),
  heads: () => Object.fromEntries([...store.logs].map(([log, { batches }]) => [log, batches.at(-1)?.last ?? 0])),
  file: undefined,
  remove: () => undefined,
})

const inFile = (): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-world-'))
  const file = join(folder, 'konfig.db')
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    open: (clock) => openSqlite({ path: file, clock }),
    copy: () => {
      const copy = inFile()
      copyFileSync(file, copy.file as string)
      return copy
    },
    heads: () => {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
      const rows = database.prepare('SELECT log, max(last) AS head FROM batches GROUP BY log').all() as unknown as {
        log: string
        head: number
      }[]
      database.close()
      return Object.fromEntries(rows.map(({ log, head }) => [log, Math.max(0, head)]))
    },
    file,
    remove: () => {
      process.removeListener('exit', remove)
      remove()
    },
  }
}

export const newPlace = (backend: Backend): Place => (backend === 'memory' ? inMemory(createMemoryStore()) : inFile())
