// Verifies the file of a backup by restoring it in memory. Needs its master key and no journal.
import { readArchive, type VerifiedBackup, verifyBackup } from '@konfig/app'
import { ports } from '../start.ts'
import { readFile } from './file.ts'
import { masterForArchive, type Work } from './work.ts'

/** Throws `StartError`; rejects with `archive_unreadable`. */
export const verifyFile = async (work: Work, file: string): Promise<VerifiedBackup> =>
  verifyBackup(readArchive(await readFile(file), masterForArchive(work)), ports)
