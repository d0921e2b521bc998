// Restores the file of a backup: an installation into an empty place, or one tenant into an installation whose nodes may run.
import {
  type BackupEntry,
  readArchive,
  type Restored,
  type RestoredTenant,
  restoreInstallation,
  restoreTenant,
} from '@konfig/app'
import { openDataFolder } from '../data-folder.ts'
import { findMaster } from '../keys/find.ts'
import { readFile } from './file.ts'
import { openInstallation } from './installation.ts'
import { databaseFile, masterForArchive, type Work } from './work.ts'

/** Reads it once and stores nothing, so that a file that cannot be opened leaves no half-made place behind. */
const proveReadable = async (work: Work, file: string): Promise<void> => {
  let commits = 0
  for await (const entry of readArchive(await readFile(file), masterForArchive(work))) {
    if (entry.type === 'commits') commits += entry.commits.length
    work.progress(`reading the backup: ${commits} commits`)
  }
}

const told = (work: Work) => {
  let commits = 0
  return (entry: BackupEntry): void => {
    if (entry.type === 'commits') commits += entry.commits.length
    work.progress(`${commits} commits restored`)
  }
}

/** Throws `StartError`; rejects with `archive_unreadable`, `installation_present`. */
export const restoreFile = async (work: Work, file: string): Promise<Restored> => {
  await proveReadable(work, file)
  const { options, parts } = work
  await openDataFolder(options.data)
  const database = databaseFile(work)
  const storage = await work.storage()
  const { master } = await findMaster(options.master, storage.records, database, parts.keyStores)
  const target = { ...storage, master, clock: work.clock, newId: work.newId }
  return restoreInstallation(target, readArchive(await readFile(file), masterForArchive(work)), told(work))
}

/** Throws `StartError`; rejects with `archive_unreadable`, `already_exists`, `resource_not_found`. */
export const restoreTenantFile = async (
  work: Work,
  file: string,
  given: { readonly tenant: string | undefined; readonly replace: boolean },
): Promise<RestoredTenant> => {
  await proveReadable(work, file)
  const { app, close } = await openInstallation(work)
  try {
    const entries = readArchive(await readFile(file), masterForArchive(work))
    return await restoreTenant(app, entries, { name: given.tenant, replace: given.replace })
  } finally {
    await close()
  }
}
