// Opens both ports on one SQLite file. The file is readable by its owner only, from its first byte.
import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Millis } from '@konfig/core'
import { type Clock, type Journal, type Records, unavailable } from '@konfig/journal'
import { openClient, type StartThread, startThread } from './client.ts'
import { sqliteJournal } from './journal.ts'
import { sqliteRecords } from './records.ts'

export interface SqliteOptions {
  readonly path: string
  readonly clock: Clock
  /** How long a write waits for another process before it is refused. */
  readonly patience?: Millis
  readonly start?: StartThread
}

/** SQLite gives its other files the mode of this one. */
const createOwned = async (path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, constants.O_CREAT | constants.O_RDWR, 0o600)
  await file.close()
}

/**
 * Both ports, on one thread and one file: closing either closes both.
 * Rejects with `journal_newer` for a file that a newer version wrote, `unavailable` for one that cannot be opened or is none of ours.
 */
export const openSqlite = async (
  options: SqliteOptions,
): Promise<{ readonly journal: Journal; readonly records: Records }> => {
  const path = resolve(options.path)
  await createOwned(path).catch((error: unknown) => {
    throw unavailable(error)
  })
  const client = await openClient(path, options.patience ?? 5000, options.start ?? startThread)
  return { journal: sqliteJournal(client, options.clock), records: sqliteRecords(client, options.clock) }
}
