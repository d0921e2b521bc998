import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import type { Attempt, Entry, History, Read, Write } from './history.ts'

const at = (begun: number, ended = begun + 1, process = 'node 1, start 1') => ({ begun, ended, process })
const acknowledged = (begun: number, revision: number, ended?: number): Attempt => ({
  ...at(begun, ended),
  told: 'acknowledged',
  revision,
  commit: `c${revision}`,
})
const unknown = (begun: number): Attempt => ({ ...at(begun), told: 'unknown', why: 'ECONNRESET' })
const refused = (begun: number): Attempt => ({ ...at(begun), told: 'refused', why: 'unavailable' })
const write = (label: string, attempts: readonly Attempt[], more: Partial<Write> = {}): Write => ({
  label,
  keys: ['a'],
  attempts,
  ...more,
})
const entry = (revision: number, label: string, version: number, more: Partial<Entry> = {}): Entry => ({
  revision,
  id: `c${revision}`,
  time: 1000 + revision,
  label,
  changes: [{ key: 'a', value: label, version }],
  ...more,
})
const read = (begun: number, revision: number, a: string | undefined, more: Partial<Read> = {}): Read => ({
  ...at(begun),
  revision,
  values: a === undefined ? {} : { a },
  ...more,
})

/** Three writes, one after the other, at revisions 11 to 13, each read after it was acknowledged. */
const good: History = {
  before: 10,
  wrongs: [],
  looks: [
    { revision: 11, id: 'c11' },
    { revision: 11, id: 'c11' },
    { revision: 12, id: 'c12' },
  ],
  writes: [
    write('w1', [acknowledged(10, 11)]),
    write('w2', [unknown(20), refused(22), acknowledged(25, 12)], { ifVersion: 1 }),
    write('w3', [unknown(30)]),
    write('w4', [refused(40), refused(42)]),
    write('w5', [unknown(50)]),
  ],
  log: [entry(11, 'w1', 1), entry(12, 'w2', 2), entry(13, 'w3', 3)],
  reads: [
    read(5, 10, undefined),
    read(12, 11, 'w1', { atLeast: 11 }),
    read(21, 12, 'w2'),
    read(27, 12, 'w2'),
    read(60, 13, 'w3'),
    read(61, 11, 'w1', { at: 11 }),
    read(62, 12, 'w2', { process: 'node 2, start 1' }),
  ],
}

const withRead = (...reads: readonly Read[]): History => ({ ...good, reads: [...good.reads, ...reads] })
const withWrite = (...writes: readonly Write[]): History => ({ ...good, writes: [...good.writes, ...writes] })
const withLog = (...log: readonly Entry[]): History => ({ ...good, log, reads: [], looks: [] })
const [first, second, third] = good.log as readonly [Entry, Entry, Entry]
const rulesOf = (history: History): readonly string[] => check(history).map(({ rule }) => rule)

describe('a history', () => {
  it('that keeps every promise has nothing to be told of', () => {
    expect(check(good)).toEqual([])
  })

  it('in which nobody did anything is kept too', () => {
    expect(check({ before: 0, wrongs: [], looks: [], writes: [], reads: [], log: [] })).toEqual([])
  })
})

describe('of the log is told', () => {
  it('a revision that is missing', () => {
    expect(
      rulesOf({ ...withLog(first, entry(13, 'w2', 2)), writes: [good.writes[0] as Write, write('w2', [unknown(20)])] }),
    ).toEqual(['gap'])
  })

  it('a first revision that is missing', () => {
    expect(rulesOf({ ...withLog(entry(12, 'w3', 1)), writes: [write('w3', [unknown(30)])] })).toEqual(['gap'])
  })

  it('a version that is missing', () => {
    expect(rulesOf(withLog(first, second, entry(13, 'w3', 4)))).toEqual(['gap'])
  })

  it('a commit that is there twice, and a write that is', () => {
    expect(rulesOf(withLog(first, second, entry(13, 'w3', 3, { id: 'c11' })))).toEqual(['doubled'])
    expect(rulesOf({ ...withLog(first, second, third, entry(14, 'w3', 4)) })).toEqual(['doubled'])
  })

  it('a time that runs backwards', () => {
    expect(rulesOf(withLog(first, second, entry(13, 'w3', 3, { time: 5 })))).toEqual(['out of order'])
  })

  it('what was not so when it was looked at before', () => {
    expect(rulesOf({ ...good, looks: [{ revision: 12, id: 'other' }] })).toEqual(['rewritten'])
  })

  it('what was looked at and is gone', () => {
    expect(rulesOf({ ...good, looks: [{ revision: 14, id: 'c14' }] })).toEqual(['rewritten'])
  })
})

describe('of a write is told', () => {
  it('that it was acknowledged and is not there', () => {
    expect(rulesOf(withWrite(write('w6', [unknown(60), acknowledged(62, 14)])))).toEqual(['lost'])
  })

  it('that it is there although all were told that it is not', () => {
    const writes = good.writes.map((each) => (each.label === 'w3' ? write('w3', [refused(30)]) : each))
    expect(rulesOf({ ...good, writes })).toEqual(['refused yet there'])
  })

  it('that it is elsewhere than was said, or another commit', () => {
    const moved = (attempt: Attempt) =>
      check({ ...good, writes: good.writes.map((each) => (each.label === 'w3' ? write('w3', [attempt]) : each)) })
    expect(moved(acknowledged(30, 12)).map(({ rule }) => rule)).toEqual(['not as told'])
    expect(moved({ ...acknowledged(30, 13), commit: 'other' } as Attempt).map(({ rule }) => rule)).toEqual([
      'not as told',
    ])
  })

  it('that it holds something else than was asked for, or that nobody asked for it', () => {
    expect(
      rulesOf(withLog(first, second, entry(13, 'w3', 3, { changes: [{ key: 'a', value: 'x', version: 3 }] }))),
    ).toEqual(['not as told'])
    expect(rulesOf(withLog(first, second, third, entry(14, 'stranger', 4)))).toEqual(['not as told'])
  })

  it('that half of it is there', () => {
    const writes = good.writes.map((each) => (each.label === 'w3' ? { ...each, keys: ['a', 'b'] } : each))
    expect(rulesOf({ ...good, writes })).toEqual(['not as told'])
  })

  it('that it was decided on another state than it landed on', () => {
    const writes = good.writes.map((each) => (each.label === 'w3' ? { ...each, ifVersion: 1 } : each))
    expect(rulesOf({ ...good, writes })).toEqual(['decided on another state'])
  })

  it('that it lies before one that had been acknowledged when it began', () => {
    const writes = [write('w1', [acknowledged(30, 11)]), write('w2', [acknowledged(10, 12)]), write('w3', [unknown(1)])]
    expect(rulesOf({ ...good, writes, reads: [] })).toEqual(['out of order'])
  })

  it('nothing where two were under way at the same time, whichever came first', () => {
    const writes = [
      write('w1', [acknowledged(10, 11, 40)]),
      write('w2', [acknowledged(9, 12, 41)]),
      write('w3', [unknown(1)]),
    ]
    expect(rulesOf({ ...good, writes, reads: [] })).toEqual([])
  })
})

describe('of a read is told', () => {
  it('that its values never were, or not at the point that it named', () => {
    expect(rulesOf(withRead(read(70, 13, 'w9')))).toEqual(['never true'])
    expect(rulesOf(withRead(read(70, 13, 'w2')))).toEqual(['never true'])
    expect(rulesOf(withRead(read(70, 13, undefined)))).toEqual(['never true'])
  })

  it('that it answers another moment of the past than was asked for', () => {
    expect(rulesOf(withRead(read(70, 12, 'w2', { at: 11 })))).toEqual(['never true'])
  })

  it('that it is beyond the end of the log', () => {
    expect(rulesOf(withRead(read(70, 14, 'w3')))).toEqual(['from the future'])
  })

  it('that it ended before what it contains was asked for', () => {
    expect(rulesOf({ ...good, reads: [read(15, 13, 'w3')] })).toEqual(['from the future'])
  })

  it('that it has less than Konfig-Min-Point asked for', () => {
    expect(rulesOf({ ...good, reads: [read(70, 12, 'w2', { atLeast: 13 })] })).toEqual(['stale after Konfig-Min-Point'])
  })

  it('that the same process had shown more to a reader, or to a writer', () => {
    expect(rulesOf(withRead(read(70, 12, 'w2')))).toEqual(['backwards'])
    expect(rulesOf({ ...good, reads: [read(27, 11, 'w1')] })).toEqual(['backwards'])
  })

  it('nothing where the other answer was still under way', () => {
    expect(rulesOf({ ...good, reads: [read(60, 13, 'w3', { ended: 90 }), read(70, 12, 'w2')] })).toEqual([])
  })
})

it('an answer that cannot be true whatever the log says is passed on', () => {
  const wrong = { rule: 'broken' as const, what: 'POST /changes answered 500' }
  expect(check({ ...good, wrongs: [wrong] })).toEqual([wrong])
})
