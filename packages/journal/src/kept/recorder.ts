// A journal that remembers what was read of one log while it is loaded, as it was sealed, to be kept elsewhere. Owns the bound on how much.
import type { LogId } from '@konfig/core'
import type { Journal } from '../journal.ts'
import type { Kept, KeptBatch } from './form.ts'

export interface Recorder {
  readonly journal: Journal
  /** What was read; undefined where it was too much, or begins with a checkpoint. */
  readonly recorded: () => Kept | undefined
}

export const recordReading = (journal: Journal, log: LogId, mostBytes: number): Recorder => {
  let revision = 0
  let parts: Uint8Array[] = []
  let batches: KeptBatch[] = []
  let bytes = 0
  let fits = true

  const count = (added: Uint8Array): boolean => {
    bytes += added.byteLength
    if (bytes > mostBytes) {
      fits = false
      parts = []
      batches = []
    }
    return fits
  }
  const tee = async function* (from: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const part of from) {
      if (count(part)) parts.push(new Uint8Array(part))
      yield part
    }
  }

  return {
    journal: {
      ...journal,
      loadSnapshot: async (of, notAfter) => {
        const found = await journal.loadSnapshot(of, notAfter)
        // One that was passed over is forgotten with the next.
        parts = []
        batches = []
        bytes = 0
        fits = true
        revision = found?.revision ?? 0
        return found === undefined ? undefined : { ...found, parts: tee(found.parts) }
      },
      read: async (of, after, limit) => {
        const found = await journal.read(of, after, limit)
        if (found === 'erased' || of !== log) return found
        for (const { first, last, payload, checkpoint } of found) {
          if (checkpoint) fits = false
          // The batch that a snapshot ends with is read to compare it.
          else if (first === (batches.at(-1)?.last ?? revision) + 1 && count(payload))
            batches.push({ first, last, payload: new Uint8Array(payload) })
        }
        return found
      },
    },
    recorded: () => (fits ? { revision, parts, batches } : undefined),
  }
}
