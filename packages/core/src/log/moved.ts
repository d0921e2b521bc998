// How a log ends where it is and goes on elsewhere: its last commit there says to which place. Owns that commit's note and what follows from it;
// knows no storage. The bytes of a log are the same in both places, so that commit stands in both: here it is the end, there the log goes on.
import { ok, refuse, type Result } from '../errors/failure.ts'
import type { Json } from '../values/json-value.ts'
import type { Commit, LogId } from './commit.ts'

/** A store for logs, told apart by an id of its own wherever it is reached. */
export type PlaceId = string

/** `journal` is for people: what the place was called when the log went there. */
export const movedNote = (
  log: LogId,
  to: PlaceId,
  journal: string,
): { readonly [name: string]: Json } & { readonly type: 'moved' } => ({ type: 'moved', log, to, journal })

/** Where this commit moved this log to. The note of a log that was restored under another id is history. */
export const movedIn = ({ note }: Pick<Commit, 'note'>, log: LogId): PlaceId | undefined => {
  if (note?.['type'] !== 'moved' || note['log'] !== log) return undefined
  const { to } = note
  return typeof to === 'string' ? to : undefined
}

/** Refuses to let anything follow the end of a log in a place that it has left: `moved_away`. */
export const mayFollow = (
  { movedTo }: { readonly movedTo: PlaceId | undefined },
  here: PlaceId | undefined,
): Result<undefined> =>
  movedTo === undefined || movedTo === here ? ok(undefined) : refuse('moved_away', { seconds: 2 })
