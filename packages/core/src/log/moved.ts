// How a log ends where it is and goes on elsewhere: its last commit there says to which place. Owns that commit's note and what follows from it;
// knows no storage. The bytes of a log are the same in both places, so that commit stands in both: here it is the end, there the log goes on.
import { ok, refuse, type Result } from '../errors/failure.ts'
import type { Json } from '../values/json-value.ts'
import type { Commit, LogId } from './commit.ts'

/** A store for logs, told apart by an id of its own wherever it is reached. */
export type PlaceId = string

/** A place, and what it was called when the log was there: for people. */
export interface Whereto {
  readonly id: PlaceId
  readonly journal: string
}

export const movedNote = (
  log: LogId,
  to: Whereto,
  from: Whereto,
): { readonly [name: string]: Json } & { readonly type: 'moved' } => ({
  type: 'moved',
  log,
  to: to.id,
  journal: to.journal,
  from: from.id,
  fromJournal: from.journal,
})

/** The places that this commit says this log was in: where it went, and where it had been, which notes of earlier versions do not say. */
export const placesIn = (commit: Pick<Commit, 'note'>, log: LogId): readonly Whereto[] => {
  const to = movedIn(commit, log)
  if (to === undefined) return []
  const { journal, from, fromJournal } = commit.note ?? {}
  const called = (name: Json | undefined): string => (typeof name === 'string' ? name : '')
  return [
    ...(typeof from === 'string' ? [{ id: from, journal: called(fromJournal) }] : []),
    { id: to, journal: called(journal) },
  ]
}

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
