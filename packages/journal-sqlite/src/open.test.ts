import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { codeOf } from '@konfig/journal/contract'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqlite } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

const clock = { now: Date.now }
const batch = (first: number) => ({ log: 'log', first, last: first, payload: Buffer.from('x') })

describe('opening a file', () => {
  it('makes it, and the files beside it, readable by the owner only', async () => {
    const path = join(folder, 'new', 'deep', 'journal.db')
    const { journal } = await openSqlite({ path, clock })
    await journal.append([batch(1)])
    for (const file of [path, `${path}-wal`, `${path}-shm`])
      expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600])
    await journal.close()
  })

  it('finds everything again', async () => {
    const path = join(folder, 'again.db')
    const first = await openSqlite({ path, clock })
    await first.journal.append([batch(1)])
    await first.journal.close()
    const second = await openSqlite({ path, clock })
    expect(await second.journal.head('log')).toBe(1)
    await second.journal.close()
  })

  it('may be done by many at once on a file that is not there yet', async () => {
    const path = join(folder, 'at-once.db')
    const opened = await Promise.all(Array.from({ length: 6 }, () => openSqlite({ path, clock })))
    const landings = await Promise.all(opened.map(({ journal }) => journal.append([batch(1)])))
    expect(landings.flat().filter((landing) => landing === 'landed')).toHaveLength(6)
    await Promise.all(opened.map(({ journal }) => journal.close()))
  })

  it('refuses a newer format, names it, and leaves the file as it is', async () => {
    const path = join(folder, 'newer.db')
    const { journal } = await openSqlite({ path, clock })
    await journal.close()
    const database = new DatabaseSync(path)
    database.exec('UPDATE format SET version = 7')
    database.close()
    await expect(openSqlite({ path, clock })).rejects.toMatchObject({
      failure: { code: 'journal_newer', data: { found: 7 } },
    })
    await expect(openSqlite({ path, clock })).rejects.toThrow('format 7, which a newer version')
  })

  it('refuses what is no database', async () => {
    const path = join(folder, 'text.db')
    writeFileSync(path, 'this is a text file, and longer than a header of a database would be. '.repeat(20))
    expect(await codeOf(openSqlite({ path, clock }))).toBe('journal_corrupt')
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('says that the file is damaged where a page of it is not what SQLite wrote', async () => {
    const path = join(folder, 'damaged.db')
    const { journal } = await openSqlite({ path, clock })
    for (let at = 1; at <= 200; at += 1) await journal.append([{ ...batch(at), payload: Buffer.alloc(300) }])
    await journal.close()
    const bytes = readFileSync(path)
    for (let page = 4096; page + 8 < bytes.length; page += 4096) bytes.fill(0xff, page, page + 8)
    writeFileSync(path, bytes)
    const reading = openSqlite({ path, clock }).then(async (opened) => {
      try {
        await opened.journal.read('log', 0, 1000)
      } finally {
        await opened.journal.close()
      }
    })
    expect(await codeOf(reading)).toBe('journal_corrupt')
  })

  it('refuses a path that cannot be', async () => {
    writeFileSync(join(folder, 'file'), '')
    expect(await codeOf(openSqlite({ path: join(folder, 'file', 'journal.db'), clock }))).toBe('unavailable')
  })

  it('syncs the write-ahead log with every commit', async () => {
    const { openStore } = await import('./worker/schema.ts')
    const { database } = openStore(join(folder, 'settings.db'), 100)
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    database.close()
  })
})

describe('a log that is erased', () => {
  it('leaves nothing of its batches and snapshots in the tables', async () => {
    const path = join(folder, 'erased.db')
    const { journal } = await openSqlite({ path, clock })
    await journal.append([batch(1)])
    await journal.saveSnapshot({ log: 'log', revision: 1, parts: Array.from({ length: 20 }, () => Buffer.from('x')) })
    await journal.erase('log')
    await journal.close()
    const database = new DatabaseSync(path)
    const count = (sql: string) => database.prepare(`SELECT count(*) AS count FROM ${sql}`).get()
    expect([count('snapshots'), count('snapshot_parts'), count('batches WHERE first > 0')]).toEqual([
      { count: 0 },
      { count: 0 },
      { count: 0 },
    ])
    database.close()
  })
})

describe('a full disk', () => {
  it('refuses a write with unavailable, keeps what was there, and goes on when there is room', async () => {
    const path = join(folder, 'full.db')
    const { openStore } = await import('./worker/schema.ts')
    const { createRunner } = await import('./worker/group.ts')
    const { batchHandlers } = await import('./worker/batches.ts')
    const { recordHandlers } = await import('./worker/records.ts')
    const { snapshotHandlers } = await import('./worker/snapshots.ts')
    const store = openStore(path, 100)
    const runner = createRunner(store, {
      ...batchHandlers(store),
      ...recordHandlers(store),
      ...snapshotHandlers(store),
    })
    const append = (id: number, first: number, payload: Uint8Array) => ({
      id,
      operation: 'append' as const,
      given: [{ log: `log-${id}`, first, last: first, payload }],
    })
    store.database.exec('PRAGMA max_page_count = 40')
    expect(runner.write([append(1, 1, Buffer.alloc(1))])).toEqual([{ id: 1, value: ['landed'] }])
    expect(runner.write([append(2, 1, Buffer.alloc(1_000_000))])).toMatchObject([{ id: 2, fault: 'nothing' }])
    expect(runner.write([append(3, 1, Buffer.alloc(1)), append(2, 1, Buffer.alloc(1_000_000))])).toMatchObject([
      { id: 3, fault: 'nothing' },
      { id: 2, fault: 'nothing' },
    ])
    store.database.exec('PRAGMA max_page_count = 4000')
    expect(runner.write([append(3, 1, Buffer.alloc(1)), append(2, 1, Buffer.alloc(1_000_000))])).toEqual([
      { id: 3, value: ['landed'] },
      { id: 2, value: ['landed'] },
    ])
    store.database.close()
  })
})
