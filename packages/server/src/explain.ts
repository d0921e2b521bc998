// What a failed start says to people: what is the matter, where, and what to do. Owns the words, and which failures are for people; opens nothing.
import { join, relative } from 'node:path'
import { KonfigError } from '@konfig/core'
import type { Options } from './options.ts'
import { StartError } from './start-error.ts'

const roots = (reason: unknown): readonly Error[] => (reason instanceof Error ? [reason, ...roots(reason.cause)] : [])

/** The store refused to take or to give anything: a matter of the machine, which a person can put right. */
const unreachable = (reason: unknown): boolean =>
  roots(reason).some(
    (error) =>
      (error instanceof KonfigError && error.failure.code === 'unavailable') ||
      ('code' in error && ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'].includes(String(error.code))),
  )

/** What is a matter for people and says by itself what to do. */
const explained: readonly string[] = [
  'installation_moved',
  'journal_foreign',
  'journal_newer',
  'key_store_refuses',
  'master_key_missing',
  'restore_unfinished',
]

/** A SQLite file in the data folder goes by that. */
const placeOf = ({ journal, data }: Options): string => {
  const inside = relative(data, journal.location)
  return inside.startsWith('..') ? journal.location : `What is in ${data}`
}

/** What is thrown in place of a failure: `StartError` where a person can put it right, else the failure itself. */
export const explain = (reason: unknown, options: Options): unknown => {
  const { journal, data } = options
  if (reason instanceof StartError) return reason
  if (reason instanceof KonfigError && reason.failure.code === 'key_wrong')
    return new StartError(
      'The master key is not the one that this installation was made with; nothing was changed. Start again with the right key; while one replaces another, name the old one with one of the KONFIG_PREVIOUS_MASTER_ options.',
    )
  if (
    reason instanceof KonfigError &&
    reason.failure.code === 'journal_corrupt' &&
    reason.failure.data['log'] === 'file'
  )
    return new StartError(
      `${journal.location} cannot be used as it is: ${reason.failure.data['reason'] as string}. Nothing was changed. If another file was meant, put KONFIG_JOURNAL right; if this one, keep it, and restore a backup that verifies.`,
      { cause: reason },
    )
  if (reason instanceof KonfigError && reason.failure.code === 'journal_corrupt')
    return new StartError(
      `${reason.failure.detail} Nothing was changed; keep the database as it is. With this node's options, \`konfig doctor --data ${data}\` names everything that is damaged.`,
      { cause: reason },
    )
  if (reason instanceof KonfigError && explained.includes(reason.failure.code))
    return new StartError(reason.failure.detail, { cause: reason })
  if (!unreachable(reason)) return reason
  const why = (roots(reason).at(-1)?.message ?? '').replace(/\.$/, '')
  if (journal.adapter === 'sqlite' && why.startsWith('EISDIR'))
    return new StartError(
      `${journal.location} is a folder. Name the file in it with KONFIG_JOURNAL, such as sqlite:${join(journal.location, 'konfig.db')}.`,
      { cause: reason },
    )
  return new StartError(
    journal.adapter === 'sqlite'
      ? `${placeOf(options)} cannot be read or written (${why}). Is the disk full, or not writable? Make room and start again; what was stored stays.`
      : `The journal gives no answer (${why}). Start again once it does; what was stored stays.`,
    { cause: reason },
  )
}
