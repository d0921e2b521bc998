// What opening a database of a server makes, what it refuses, and in which words: for every adapter of one, each test in an empty place of its own.
import { afterEach, describe, expect, it } from 'vitest'
import { CannotOpen } from '../servers/cannot-open.ts'
import type { Opened } from '../servers/opened.ts'
import { batch, codeOf, land, log } from './batches.ts'

/** An opening that must fail, and a part of what it says then. */
export interface Refusal {
  readonly open: () => Promise<Opened>
  readonly said: string
}

export interface Dropped {
  readonly drop: () => Promise<void>
}

/** Places are made and dropped, and what opened is closed, by the suite; what `wrong` and `lacking` prepare is their own. */
export interface OpeningSubject<Place extends Dropped> {
  /** Where nothing was made yet. */
  readonly empty: () => Promise<Place>
  /** As whoever makes there what is needed. */
  readonly open: (place: Place) => Promise<Opened>
  /** As a node that finds it made; where there is a role of less rights, with that one alone. */
  readonly openMade: (place: Place) => Promise<Opened>
  /** What it is called. */
  readonly nameOf: (place: Place) => string
  /** Parts of what an operator is told even of a place that is as it should be. */
  readonly warnings: readonly string[]
  /** Leaves there what a version of format 7 would. */
  readonly makeNewer: (place: Place) => Promise<unknown>
  /** All that is stored there about formats. */
  readonly formatsOf: (place: Place) => Promise<unknown>
  /** Leaves an empty place as a node that died while it made what is needed. */
  readonly makeHalf: (place: Place) => Promise<unknown>
  /** Openings of an empty place by somebody who is not known there, with the word `secret` as his password, or of one that is not there. */
  readonly wrong: (place: Place) => AsyncIterable<Refusal>
  /** Openings with too few rights; what was not made yet, the suite leaves to it to make. */
  readonly lacking: (place: Place) => AsyncIterable<Refusal>
  /** Where nobody listens. */
  readonly nowhere: () => Promise<Opened>
}

/** Of a server that keeps tables, whose format and columns can be seen. */
export interface TablesSubject<Place extends Dropped> extends OpeningSubject<Place> {
  /** Leaves there what a version before the first would. */
  readonly makeOlder: (place: Place) => Promise<unknown>
  /** Renames a column. */
  readonly alter: (place: Place) => Promise<unknown>
}

/** In which words it was refused. */
export const refusalOf = async (opening: Promise<Opened>): Promise<string> => {
  const reason: unknown = await opening.then(
    async ({ journal }) => journal.close(),
    (error: unknown) => error,
  )
  expect(reason).toBeInstanceOf(CannotOpen)
  return reason instanceof Error ? reason.message : ''
}

const saidOf = async (refusals: AsyncIterable<Refusal>): Promise<string> => {
  const all: string[] = []
  for await (const { open, said } of refusals) {
    all.push(await refusalOf(open()))
    expect(all.at(-1)).toContain(said)
  }
  return all.join('\n')
}

interface Kept<Place> {
  readonly empty: () => Promise<Place>
  readonly keep: (opening: Promise<Opened>) => Promise<Opened>
}

/** Closes what a test opened, then drops where it was. */
const openings = <Place extends Dropped>(subject: OpeningSubject<Place>): Kept<Place> => {
  const places: Place[] = []
  const opened: Opened[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ journal }) => journal.close()))
    await Promise.all(places.splice(0).map(({ drop }) => drop()))
  })
  return {
    empty: async () => {
      const place = await subject.empty()
      places.push(place)
      return place
    },
    keep: async (opening) => {
      const one = await opening
      opened.push(one)
      return one
    },
  }
}

export const openingContract = <Place extends Dropped>(name: string, subject: OpeningSubject<Place>): void => {
  describe(`opening contract: ${name}`, () => {
    const { empty, keep } = openings(subject)

    it('makes what is needed, lets nodes in, says what it is called, and finds everything again', async () => {
      const place = await empty()
      const first = await keep(subject.open(place))
      expect(first.name).toBe(subject.nameOf(place))
      expect(first.warnings).toEqual(subject.warnings.map((part) => expect.stringContaining(part)))
      expect(await land(first.journal, batch(1))).toBe('landed')
      const second = await keep(subject.openMade(place))
      expect(await second.journal.head(log)).toBe(1)
    })

    it('may be done by many nodes at once in an empty place, and all take it for the same installation', async () => {
      const place = await empty()
      const nodes = await Promise.all(Array.from({ length: 6 }, () => keep(subject.open(place))))
      const one = batch(1)
      expect(await Promise.all(nodes.map(({ journal }) => land(journal, one)))).toEqual(nodes.map(() => 'landed'))
      const cursors = await Promise.all(nodes.map(({ journal }) => journal.changedSince(undefined)))
      // A cursor of one is good for the others.
      expect(new Set(cursors.map(({ cursor }) => cursor.split(/[./]/)[0])).size).toBe(1)
    })

    it('finishes what a node that died half way through had begun', async () => {
      const place = await empty()
      await subject.makeHalf(place)
      const { journal } = await keep(subject.open(place))
      expect(await land(journal, batch(1))).toBe('landed')
    })

    it('refuses a newer format, names it, and changes nothing', async () => {
      const place = await empty()
      await keep(subject.open(place))
      await subject.makeNewer(place)
      const before = await subject.formatsOf(place)
      for (const open of [subject.open, subject.openMade])
        await expect(keep(open(place))).rejects.toMatchObject({
          failure: { code: 'journal_newer', data: { found: 7 } },
        })
      expect(await subject.formatsOf(place)).toEqual(before)
    })

    it('says that who opens is not known, or that there is no such place, and repeats no password', async () => {
      const said = await saidOf(subject.wrong(await empty()))
      expect(said).not.toBe('')
      expect(said).not.toContain('secret')
    })

    it('says which right is missing', async () => {
      expect(await saidOf(subject.lacking(await empty()))).not.toBe('')
    })

    it('says unavailable where no server answers', async () => {
      expect(await codeOf(keep(subject.nowhere()))).toBe('unavailable')
    })
  })
}

/** The same, and what tables allow. */
export const tablesContract = <Place extends Dropped>(name: string, subject: TablesSubject<Place>): void => {
  openingContract(name, subject)
  describe(`opening contract of tables: ${name}`, () => {
    const { empty, keep } = openings(subject)
    const made = async (): Promise<Place> => {
      const place = await empty()
      await keep(subject.open(place))
      return place
    }

    it('refuses tables of an older format where it may not bring them up to date', async () => {
      const place = await made()
      await subject.makeOlder(place)
      expect(await refusalOf(subject.openMade(place))).toContain('KONFIG_JOURNAL_MIGRATE')
    })

    it('refuses tables that somebody altered, and says what is missing', async () => {
      const place = await made()
      await subject.alter(place)
      expect(await refusalOf(subject.openMade(place))).toMatch(/digest.* Somebody altered them/)
    })
  })
}
