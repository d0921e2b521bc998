// The journal port over the SQLite thread. Checks calls before they are sent, so that none can fail those it is grouped with.
import type { Batch, Clock, Journal, Landing, SnapshotToSave } from '@konfig/journal'
import { checkBatches, checkLog, checkPart, superseded, unavailable } from '@konfig/journal'
import { type Client, Unknown } from './client.ts'
import type { Operation, Operations } from './protocol.ts'

/** A copy in a buffer of its own: nothing behind it goes over, and the caller keeps the bytes for a repeat. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

const transferAbove = 256 * 1024

const moving = (copies: readonly Uint8Array<ArrayBuffer>[]): readonly ArrayBuffer[] =>
  copies.filter(({ byteLength }) => byteLength > transferAbove).map(({ buffer }) => buffer)

/** For everything that may be asked again: an unknown outcome is one more reason to ask again. */
export const again = (error: unknown): never => {
  throw error instanceof Unknown ? unavailable(error) : error
}

export const sqliteJournal = (client: Client, clock: Clock): Journal => {
  const ask = <O extends Operation>(operation: O, given: Operations[O]['given']): Promise<Operations[O]['answer']> =>
    client.ask(operation, given).catch(again)

  const append = async (batches: readonly Batch[]): Promise<readonly Landing[]> => {
    checkBatches(batches)
    const copies = batches.map(({ payload }) => own(payload))
    const given = batches.map(({ log, first, last }, index) => ({
      log,
      first,
      last,
      payload: copies[index] ?? new Uint8Array(),
    }))
    try {
      const landings = await client.ask('append', given, moving(copies))
      if (landings.includes('landed')) client.changed()
      return landings
    } catch (error) {
      if (error instanceof Unknown) return batches.map(() => 'unknown')
      throw error
    }
  }

  /** Bit by bit, so that writers get their turn; what stays behind after a failure goes the next time. */
  const tidy = async (): Promise<void> => {
    while (await ask('tidySnapshots', undefined).catch(() => false));
  }

  const writeParts = async (snapshot: number, parts: SnapshotToSave['parts']): Promise<number> => {
    let position = 0
    for await (const part of parts) {
      checkPart(part)
      await ask('addPart', { snapshot, position, bytes: own(part) })
      position += 1
    }
    return position
  }

  async function* readParts(snapshot: number, count: number): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < count; ) {
      const parts = await ask('readParts', { snapshot, from })
      if (parts.length === 0) throw unavailable(new Error('the snapshot went while it was read'))
      yield* parts
      from += parts.length
    }
  }

  return {
    append,

    read: async (log, after, limit) => {
      checkLog(log)
      return ask('read', { log, after, limit })
    },

    head: async (log) => {
      checkLog(log)
      return ask('head', log)
    },

    changedSince: (cursor) => ask('changedSince', cursor),

    saveSnapshot: async ({ log, revision, parts }) => {
      checkLog(log)
      const snapshot = await ask('startSnapshot', { log, revision, now: clock.now() })
      try {
        const count = await writeParts(snapshot, parts)
        const revisions = await ask('finishSnapshot', { log, snapshot, parts: count })
        const old = superseded(revisions)
        if (old.length > 0) await ask('retireSnapshots', { log, revisions: old })
      } catch (error) {
        await ask('dropSnapshot', snapshot).catch(() => {})
        throw error
      } finally {
        await tidy()
      }
    },

    loadSnapshot: async (log, notAfter = Number.MAX_SAFE_INTEGER) => {
      checkLog(log)
      const found = await ask('findSnapshot', { log, notAfter })
      return found && { log, revision: found.revision, parts: readParts(found.snapshot, found.parts) }
    },

    trim: async (log, before, checkpoint) => {
      checkLog(log)
      return ask('trim', { log, before, checkpoint: own(checkpoint) })
    },

    watch: client.watch,

    erase: async (log) => {
      checkLog(log)
      await ask('erase', log)
      client.changed()
      await tidy()
    },

    health: () => ask('health', undefined),

    close: client.close,
  }
}
