// The records port: compare-and-set by version, expiry by the clock that is passed in. Each version is a document of its own, numbered, and the
// unique key (record, number) decides who comes after a version. The highest number is what the record is; nothing is changed in place.
import { randomUUID } from 'node:crypto'
import {
  askAgain,
  type Clock,
  checkKey,
  checkWrite,
  type RecordKey,
  type RecordOutcome,
  type Records,
  type StoredRecord,
  Unknown,
} from '@konfig/journal'
import type { WithId } from 'mongodb'
import type { Database } from './database.ts'
import { codeOfServer, isTaken } from './errors.ts'
import { day, readersMillis, recordId, type RecordDocument, recordKey } from './schema/documents.ts'

type Version = WithId<RecordDocument>

/** Values are at most 256 KiB, and a record may have a few versions. */
const versionsPerAnswer = 50
/** Numbers below the highest are kept for longer than this: who took longer than that from looking to writing cannot know what he hit. */
const longestMillis = readersMillis / 2
const tries = 100

const stored = ({ collection, id, version, value, expires }: Version): StoredRecord => ({
  collection,
  id,
  version,
  value: value ?? new Uint8Array(),
  ...(expires === undefined ? {} : { expiresAt: expires }),
})

const outcome = (asked: Promise<RecordOutcome>): Promise<RecordOutcome> =>
  asked.catch((error: unknown) => {
    if (error instanceof Unknown) return 'unknown'
    throw error
  })

export const mongodbRecords = (database: Database, clock: Clock, close: () => Promise<void>): Records => {
  const live = (version: Version | undefined): Version | undefined =>
    version === undefined || version.gone || (version.expires !== undefined && version.expires <= clock.now())
      ? undefined
      : version

  const newest = async ({ collection, id }: RecordKey): Promise<Version | undefined> => {
    const key = recordKey(collection, id)
    const versions = await database.read(({ records }) => records.find({ key }).toArray())
    return versions.reduce<Version | undefined>(
      (best, each) => (best === undefined || each.number > best.number ? each : best),
      undefined,
    )
  }

  const later = (millis: number): Date => new Date(database.time.now() + millis)

  /** Whether it comes after that version: another may have been faster. */
  const follow = async (
    before: Version | undefined,
    { collection, id }: RecordKey,
    next: Pick<RecordDocument, 'version' | 'value' | 'expires' | 'gone' | 'drop'>,
  ): Promise<boolean> => {
    const key = recordKey(collection, id)
    const number = (before?.number ?? 0) + 1
    return database.write(({ records }) =>
      records.insertOne({ _id: recordId(key, number), key, collection, id, number, ...next }).then(
        () => true,
        (error: unknown) => {
          if (isTaken(codeOfServer(error))) return false
          throw error
        },
      ),
    )
  }

  /** Decides on the newest version, and again where another came first. `next` is what to put after it, or the answer. */
  const decide = async (
    key: RecordKey,
    next: (newest: Version | undefined) => RecordOutcome | Parameters<typeof follow>[2],
    after: (number: number) => void,
  ): Promise<RecordOutcome> => {
    for (let left = tries; left > 0; left -= 1) {
      const looked = performance.now()
      const before = await newest(key)
      const decision = next(before)
      if (typeof decision === 'string') return decision
      if (!(await follow(before, key, decision))) continue
      if (performance.now() - looked > longestMillis) throw new Unknown('it took too long to be sure')
      after((before?.number ?? 0) + 1)
      return 'landed'
    }
    return 'conflict'
  }

  /** Whoever is reading may be on his way to the version before, so it stays for a while. */
  const leave = (of: RecordKey) => (number: number) => {
    const key = recordKey(of.collection, of.id)
    database.tidy(({ records }) =>
      records.updateMany({ key, number: { $lt: number }, gone: false }, { $set: { drop: later(readersMillis) } }),
    )
  }
  const remove = (of: RecordKey) => (number: number) => {
    const key = recordKey(of.collection, of.id)
    database.tidy(({ records }) => records.deleteMany({ key, number: { $lt: number } }))
  }

  /** That it is gone is a version too, since numbers must not begin again while somebody may remember one. */
  const tombstone = (): Parameters<typeof follow>[2] => ({ version: randomUUID(), gone: true, drop: later(day) })

  return {
    get: async (key) => {
      checkKey(key)
      const found = live(await newest(key))
      return found && stored(found)
    },

    put: async (write) => {
      checkWrite(write)
      const { expected, version, value, expiresAt } = write
      // A caller may write into its bytes as soon as it waits.
      const next = {
        version,
        value: Buffer.from(value),
        gone: false,
        ...(expiresAt === undefined ? {} : { expires: expiresAt }),
      }
      return outcome(
        decide(
          write,
          (before) => {
            const current = live(before)
            if (current?.version === version) return 'landed'
            return current?.version === expected ? next : 'conflict'
          },
          leave(write),
        ),
      )
    },

    delete: async (key, expected) => {
      checkKey(key)
      return outcome(
        decide(key, (before) => (live(before)?.version === expected ? tombstone() : 'conflict'), remove(key)),
      )
    },

    list: async (collection, { prefix = '', after, limit }) => {
      const from = recordKey(collection, prefix)
      // Ids are printable: what follows an id sorts before \x0b, and \x7f ends every prefix.
      const past = after === undefined ? from : `${recordKey(collection, after)}\x0b`
      const cursor = database.in.records.find(
        { collection, _id: { $gt: past > from ? past : from, $lt: `${from}\x7f` } },
        { sort: { _id: 1 }, batchSize: versionsPerAnswer },
      )
      const found: StoredRecord[] = []
      let latest: Version | undefined
      const take = (): void => {
        const current = live(latest)
        if (current !== undefined && found.length < limit) found.push(stored(current))
      }
      try {
        while (found.length < limit) {
          const version = await database.read(() => cursor.next())
          if (version?.key !== latest?.key) take()
          latest = version ?? undefined
          if (version === null) break
        }
      } finally {
        await cursor.close().catch(() => undefined)
      }
      return found
    },

    sweep: async () => {
      const now = clock.now()
      const expired = await database.read(({ records }) =>
        records.find({ gone: false, expires: { $lte: now } }, { projection: { collection: 1, id: 1 } }).toArray(),
      )
      const keys = new Map(expired.map((each) => [recordKey(each.collection, each.id), each]))
      let swept = 0
      for (const key of keys.values()) {
        const put = decide(
          key,
          (before) => (before === undefined || before.gone || live(before) !== undefined ? 'conflict' : tombstone()),
          remove(key),
        )
        if ((await put.catch(askAgain)) === 'landed') swept += 1
      }
      await database
        .write(({ records }) => records.deleteMany({ drop: { $lt: new Date(database.time.now()) } }))
        .catch(askAgain)
      return swept
    },

    close,
  }
}
