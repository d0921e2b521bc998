// Appends through the PostgreSQL adapter against a bare insert of the same bytes: same driver, same server, same durability, in turn.
import { randomBytes, randomUUID } from 'node:crypto'
import type { Journal } from '@konfig/journal'
import { openPostgres } from '@konfig/journal-postgres'
import pg from 'pg'
import { createDatabase, query, startPostgres } from '../../tests/servers/postgres.ts'
import { atLeast, type Case } from '../figure.ts'
import { median } from '../load/processes.ts'

const rounds = 40
const perRound = { 1: 60, 64: 1280 } as const
type Writers = keyof typeof perRound
const payload = randomBytes(400)
/** As many as the adapter takes by default. */
const connections = 10

type Append = (log: string, revision: number) => Promise<unknown>

/** Appends a millisecond: each writer has a log of its own, and waits for each answer. */
const rate = async (append: Append, writers: Writers): Promise<number> => {
  const each = perRound[writers] / writers
  const logs = Array.from({ length: writers }, () => randomUUID())
  const began = performance.now()
  await Promise.all(
    logs.map(async (log) => {
      for (let revision = 1; revision <= each; revision += 1) await append(log, revision)
    }),
  )
  return perRound[writers] / (performance.now() - began)
}

const throughAdapter =
  (journal: Journal): Append =>
  async (log, revision) => {
    const [landing] = await journal.append([{ log, first: revision, last: revision, payload }])
    if (landing !== 'landed') throw new Error(`an append was told ${String(landing)}`)
  }

/** Prepared, which is its faster form. */
const bare =
  (pool: pg.Pool): Append =>
  (log, revision) =>
    pool.query({
      name: 'bare',
      text: 'INSERT INTO bare (log, first, last, payload) VALUES ($1, $2, $3, $4)',
      values: [log, revision, revision, payload],
    })

const measure = async (floor: Append, own: Append, writers: Writers, say: (line: string) => void): Promise<number> => {
  const [floors, owns]: [number[], number[]] = [[], []]
  for (let round = -2; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await rate(floor, writers) : undefined
    const mine = await rate(own, writers)
    const theirs = first ?? (await rate(floor, writers))
    if (round < 0) continue
    owns.push(mine)
    floors.push(theirs)
  }
  const micros = (rates: readonly number[]): string => (1000 / median(rates)).toFixed(0)
  const ratio = median(owns.map((own, index) => own / (floors[index] ?? own)))
  say(`postgres, ${writers} writers: ${micros(floors)} and ${micros(owns)} us each, ratio ${ratio.toFixed(3)}`)
  return ratio
}

export const postgres: Case = async (say) => {
  const server = await startPostgres({ durable: true })
  try {
    const database = await createDatabase(server)
    const { journal } = await openPostgres({ ...database, clock: { now: Date.now } })
    await query(
      database.migrateUrl,
      'CREATE SCHEMA bare; CREATE TABLE bare.bare (log text COLLATE "C", first bigint, last bigint, payload bytea, PRIMARY KEY (log, first))',
    )
    const pool = new pg.Pool({
      connectionString: database.migrateUrl,
      options: '-c search_path=bare',
      max: connections,
    })
    const how =
      'pg, a prepared INSERT of (log, first, last, 400 B) by pools of 10 connections, fsync on, against append() of the adapter, alternating rounds, median of their ratios'
    const one = await measure(bare(pool), throughAdapter(journal), 1, say)
    const many = await measure(bare(pool), throughAdapter(journal), 64, say)
    await pool.end()
    await journal.close()
    return [
      atLeast('PostgreSQL append, one writer', one, 0.8, 'of a bare insert', how),
      atLeast('PostgreSQL append, 64 writers', many, 0.8, 'of bare inserts', how),
    ]
  } finally {
    await server.remove()
  }
}
