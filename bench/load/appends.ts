// Appends through an adapter of a database server against a bare insert of the same bytes: same driver, same server, same durability, in turn.
import { randomBytes, randomUUID } from 'node:crypto'
import type { Journal } from '@konfig/journal'
import { atLeast, type Figure } from '../figure.ts'
import { median } from './processes.ts'

const perRound = { 1: 60, 64: 1280 } as const
type Writers = keyof typeof perRound
export const payload = randomBytes(400)
/** As many as the adapters of SQL take by default. */
export const connections = 10
/** What a case measures unless it says otherwise. */
const usual = { rounds: 40, terms: `pools of ${connections} connections, fsync on` } as const

export type Append = (log: string, revision: number) => Promise<unknown>

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

const measure = async (
  name: string,
  floor: Append,
  own: Append,
  writers: Writers,
  rounds: number,
  say: (line: string) => void,
): Promise<number> => {
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
  say(`${name}, ${writers} writers: ${micros(floors)} and ${micros(owns)} us each, ratio ${ratio.toFixed(3)}`)
  return ratio
}

/** `bare` says how the floor is made, `terms` on what both are, for the reader of the figures. */
export const appendFigures = async (
  name: string,
  {
    floor,
    bare,
    journal,
    rounds = usual.rounds,
    terms = usual.terms,
  }: {
    readonly floor: Append
    readonly bare: string
    readonly journal: Journal
    readonly rounds?: number
    readonly terms?: string
  },
  say: (line: string) => void,
): Promise<readonly Figure[]> => {
  const how = `${bare} of (log, first, last, 400 B) by ${terms}, against append() of the adapter, alternating rounds, median of their ratios`
  const one = await measure(name, floor, throughAdapter(journal), 1, rounds, say)
  const many = await measure(name, floor, throughAdapter(journal), 64, rounds, say)
  return [
    atLeast(`${name} append, one writer`, one, 0.8, 'of a bare insert', how),
    atLeast(`${name} append, 64 writers`, many, 0.8, 'of bare inserts', how),
  ]
}
