// Writes a file anew without what was deleted from it, whose bytes SQLite leaves in free pages. Owns that; others may have the file open meanwhile.
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { unavailable } from '@konfig/journal'

/** Rejects with `unavailable` where the file is in use or there is no room for it twice. */
export const compactSqlite = async (path: string): Promise<void> => {
  try {
    const database = new DatabaseSync(resolve(path), { timeout: 30_000 })
    try {
      database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
    } finally {
      database.close()
    }
  } catch (error) {
    throw unavailable(error)
  }
}
