// What is asked of a log that is erased where it was, by a node that does not know yet that it moved: asked again where it is. Owns the asking again;
// where a log went is the caller's to know.
import type { LogId } from '@konfig/core'
import type { Batch, Journal, KeyRings, Landing } from '@konfig/journal'
import { isErased } from '../logs/erased.ts'

/** True where it turned to another store: what was asked may be asked again. Each log goes so many ways at most as there are stores. */
type TurnTo = (log: LogId) => Promise<boolean>

export const turningJournal = (journal: Journal, turnTo: TurnTo): Journal => {
  const turning = async <T>(log: LogId, ask: () => Promise<T>, lost: (answer: T) => boolean): Promise<T> => {
    for (;;) {
      const answer = await ask()
      if (!lost(answer) || !(await turnTo(log))) return answer
    }
  }
  /** To whoever appended it is a conflict: they read on, where it is now, and decide again. */
  const landingOf = async ({ log }: Batch, landing: Landing): Promise<Landing> =>
    landing === 'erased' && (await turnTo(log)) ? 'conflict' : landing

  return {
    ...journal,
    read: (log, after, limit) =>
      turning(
        log,
        () => journal.read(log, after, limit),
        (rows) => rows === 'erased',
      ),
    head: (log) =>
      turning(
        log,
        () => journal.head(log),
        (head) => head === 'erased',
      ),
    append: async (batches) => {
      const landings = [...(await journal.append(batches))]
      for (const [at, batch] of batches.entries()) {
        const landing = landings[at]
        if (landing === 'erased') landings[at] = await landingOf(batch, landing)
      }
      return landings
    },
  }
}

export const turningRings = (rings: KeyRings, turnTo: TurnTo): KeyRings => {
  const turning = async <T>(log: LogId, ask: () => Promise<T | undefined>): Promise<T | undefined> => {
    for (;;) {
      const answer = await ask()
      if (answer !== undefined || !(await turnTo(log))) return answer
    }
  }
  return {
    ...rings,
    load: (log) => turning(log, () => rings.load(log)),
    versions: (log) => turning(log, () => rings.versions(log)),
    rotate: async (log) => {
      for (;;)
        try {
          return await rings.rotate(log)
        } catch (reason) {
          if (!isErased(reason) || !(await turnTo(log))) throw reason
        }
    },
  }
}
