// A file in foreign hands: whatever somebody does to the rows of a log with SQL and without keys, verifying names the first that is not as it was.
import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  emptyHead,
  type KeyRing,
  localMasterKey,
  type LogHead,
  openInstallation,
  openKeyRings,
  openLog,
  sealedRecords,
  type Signing,
  signingOf,
  trimLog,
  verifyLog,
} from '@konfig/journal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqlite } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-hands-'))
afterAll(() => rmSync(folder, { recursive: true }))
const clock = { now: Date.now }
const path = join(folder, 'whole.db')
const day = 24 * 3600 * 1000
let ring: KeyRing
let signing: Signing
const heads: LogHead[] = [emptyHead]

/** Two logs of twelve rows, one a day; the first three of `acme` were trimmed. */
beforeAll(async () => {
  const { journal, records: stored } = await openSqlite({ path, clock })
  const installation = await openInstallation(stored, localMasterKey(new Uint8Array(32).fill(1)))
  const rings = openKeyRings(sealedRecords(stored, installation), installation, clock)
  signing = signingOf(installation)
  for (const log of ['acme', 'other']) {
    const keys = await rings.create(log)
    const sealed = openLog(journal, rings, keys)
    let head = emptyHead
    for (let revision = 1; revision <= 12; revision++) {
      const commit = {
        id: randomUUID(),
        revision,
        time: revision * day,
        actor: 'system',
        origin: { type: 'access' },
        platform: 0,
        changes: [],
        note: { type: 'login' },
      }
      const landed = await sealed.append(head, [commit])
      if (landed.landing !== 'landed') throw new Error(landed.landing)
      head = landed.head
      if (log === 'acme') heads.push(head)
    }
    if (log === 'acme') ring = keys
  }
  await trimLog(journal, 'acme', { ring, signing, before: 4 * day, now: 20 * day })
  await journal.close()
  await stored.close()
})

let copies = 0
const after = async (sql: string, ...values: (string | number)[]) => {
  const copy = join(folder, `${++copies}.db`)
  copyFileSync(path, copy)
  const database = new DatabaseSync(copy)
  if (database.prepare(sql).run(...values).changes === 0) throw new Error('nothing was done')
  database.close()
  const opened = await openSqlite({ path: copy, clock })
  const found = await verifyLog(opened.journal, 'acme', ring, { heads: heads.slice(-1) })
  await opened.journal.close()
  await opened.records.close()
  return found
}

const rows = [1, 4, 5, 8, 12]

describe('a log in an SQLite file', () => {
  it('verifies as it is', async () => {
    expect(await after('UPDATE batches SET number = number WHERE log = ?', 'acme')).toMatchObject({
      ok: true,
      head: { revision: 12 },
      begins: { revision: 3, trimmed: 3, until: 3 * day },
    })
  })

  it.each(rows)('shows that row %i was deleted, and that all from there on were', async (first) => {
    for (const sql of [
      'DELETE FROM batches WHERE log = ? AND first = ?',
      'DELETE FROM batches WHERE log = ? AND first >= ?',
    ])
      expect(await after(sql, 'acme', first)).toMatchObject({ ok: false, revision: first })
  })

  it.each(rows.slice(1))('shows that all before row %i were deleted', async (first) => {
    expect(await after('DELETE FROM batches WHERE log = ? AND first < ?', 'acme', first)).toMatchObject({
      ok: false,
      revision: 1,
    })
  })

  it.each(rows)(
    'shows that row %i has the bytes of another, of another log, or one byte more or less',
    async (first) => {
      const put = (what: string): string => `UPDATE batches SET payload = ${what} WHERE log = ? AND first = ?`
      const bytesOf = (log: string, at: number): string =>
        `(SELECT other.payload FROM batches other WHERE other.log = '${log}' AND other.first = ${at})`
      for (const what of [
        bytesOf('acme', first === 4 ? 5 : 4),
        bytesOf('other', first),
        "CAST(payload || x'00' AS BLOB)",
        'CAST(substr(payload, 1, length(payload) - 1) AS BLOB)',
        "CAST('' AS BLOB)",
      ])
        expect(await after(put(what), 'acme', first)).toMatchObject({ ok: false, revision: first })
    },
  )

  it.each(rows)('shows that row %i says of itself what it is not', async (first) => {
    for (const [what, named] of [
      ['checkpoint = 1 - checkpoint', first],
      ['last = last + 1', first],
      // It stands where it does not belong, and is missed where it does.
      ['first = first + 100, last = last + 100', first],
    ] as const)
      expect(await after(`UPDATE batches SET ${what} WHERE log = ? AND first = ?`, 'acme', first)).toMatchObject({
        ok: false,
        revision: named,
      })
  })

  it('shows that two rows changed places', async () => {
    for (const one of rows.slice(1))
      expect(
        await after(
          `UPDATE batches SET payload = (SELECT other.payload FROM batches other WHERE other.log = batches.log
             AND other.first = CASE batches.first WHEN ?1 THEN 1 ELSE ?1 END) WHERE log = ?2 AND first IN (1, ?1)`,
          one,
          'acme',
        ),
      ).toMatchObject({ ok: false, revision: 1 })
  })

  it('is trimmed by two processes at once to what verifies', async () => {
    const copy = join(folder, 'two.db')
    copyFileSync(path, copy)
    const both = await Promise.all([openSqlite({ path: copy, clock }), openSqlite({ path: copy, clock })])
    await Promise.all(
      [5, 9, 7, 11, 6, 8].map((days, at) =>
        trimLog((both[at % 2] as (typeof both)[number]).journal, 'acme', {
          ring,
          signing,
          before: days * day,
          now: 20 * day,
        }),
      ),
    )
    expect(await verifyLog(both[0].journal, 'acme', ring, { heads })).toMatchObject({
      ok: true,
      head: { revision: 12 },
    })
    for (const { journal, records } of both) {
      await journal.close()
      await records.close()
    }
  })
})
