import { describe, expect, it } from 'vitest'
import { failure, KonfigError } from '@konfig/core'
import { openMemory } from '../memory/index.ts'
import type { Journal } from '../journal.ts'
import { lateStore, type Stored } from './late.ts'
import { placeOf } from './place.ts'
import { spreadJournal } from './spread.ts'

const open = (): Stored => openMemory({ clock: { now: () => 0 } })
const batch = (log: string, first = 1) => ({ log, first, last: first, payload: new Uint8Array([first]) })
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (reason: unknown) => (reason instanceof KonfigError ? reason.failure.code : reason),
  )
const where = (log: string): string => (log.startsWith('eu') ? 'eu' : 'main')
const away = (): KonfigError => new KonfigError(failure('unavailable', { what: 'it', seconds: 1 }))

describe('several journals as one', () => {
  it('keeps each log where it belongs, and answers in the order asked', async () => {
    const [main, eu] = [open(), open()]
    const journal = spreadJournal({
      journals: new Map([
        ['main', main.journal],
        ['eu', eu.journal],
      ]),
      where,
    })
    await journal.append([batch('eu-1')])
    expect(await journal.append([batch('a'), batch('eu-1', 3), batch('eu-2'), batch('b')])).toEqual([
      'landed',
      'conflict',
      'landed',
      'landed',
    ])
    expect([await main.journal.head('a'), await main.journal.head('eu-1')]).toEqual([1, 0])
    expect([await eu.journal.head('eu-2'), await journal.head('eu-2')]).toEqual([1, 1])
  })

  it('follows the others while one is away, and that one from where it was once it is back', async () => {
    const [main, eu] = [open(), open()]
    let broken = false
    const faulty: Journal = {
      ...eu.journal,
      changedSince: async (cursor) => {
        if (broken) throw away()
        return eu.journal.changedSince(cursor)
      },
    }
    const journal = spreadJournal({
      journals: new Map([
        ['main', main.journal],
        ['eu', faulty],
      ]),
      where,
    })
    const { cursor } = await journal.changedSince(undefined)
    broken = true
    await journal.append([batch('a'), batch('eu-1')])
    const first = await journal.changedSince(cursor)
    expect(first.changed.map(({ log }) => log)).toEqual(['a'])
    broken = false
    const second = await journal.changedSince(first.cursor)
    expect(second.changed.map(({ log }) => log)).toContain('eu-1')
  })

  it('tells of a call whose first part was stored that the rest is unknown, never that nothing was stored', async () => {
    const [main, eu] = [open(), open()]
    const faulty: Journal = {
      ...eu.journal,
      append: async () => {
        throw away()
      },
    }
    const journal = spreadJournal({
      journals: new Map([
        ['main', main.journal],
        ['eu', faulty],
      ]),
      where,
    })
    expect(await journal.append([batch('a'), batch('eu-1')])).toEqual(['landed', 'unknown'])
    expect(await codeOf(journal.append([batch('eu-1')]))).toBe('unavailable')
  })
})

describe('a store that opens late', () => {
  it('refuses by its name until it is there, then answers, and tells who watched', async () => {
    const stored = open()
    const arriving = Promise.withResolvers<Stored>()
    const late = lateStore('Journal eu', arriving.promise)
    let hints = 0
    late.journal.watch(() => {
      hints += 1
    })
    await expect(late.journal.head('a')).rejects.toMatchObject({ failure: { data: { what: 'Journal eu' } } })
    arriving.resolve(stored)
    await new Promise((resolve) => setImmediate(resolve))
    expect(late.isOpen()).toBe(true)
    expect(hints).toBeGreaterThan(0)
    expect(await late.journal.append([batch('a')])).toEqual(['landed'])
    await late.journal.close()
    expect(await codeOf(late.records.get({ collection: 'users', id: 'a' }))).toBe('unavailable')
  })
})

describe('a place', () => {
  it('has one id, however often it is asked for, and belongs to one installation', async () => {
    const { records } = open()
    const own = { key: new Uint8Array(32).fill(1) }
    const ids = await Promise.all([placeOf(records, own, 'eu'), placeOf(records, own, 'eu')])
    expect(ids[0]).toBe(ids[1])
    expect(await placeOf(records, own, 'europe')).toBe(ids[0])
    expect(await codeOf(placeOf(records, { key: new Uint8Array(32).fill(2) }, 'eu'))).toBe('journal_foreign')
  })
})
