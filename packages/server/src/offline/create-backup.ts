// Makes a backup of an installation or of one tenant. The server may run meanwhile: every log is taken as it stands when it is read.
import { type BackupEntry, collectInstallation, collectTenant, writeArchive } from '@konfig/app'
import { stretchingOf } from '@konfig/journal'
import { writeFile } from './file.ts'
import { presentMaster, previousMaster, type Work } from './work.ts'

export interface Created {
  readonly file: string
  readonly tenant: string | undefined
  readonly bytes: number
  readonly logs: number
  readonly commits: number
  readonly records: number
}

/** Throws `StartError`; rejects with `resource_not_found` where there is no such tenant. */
export const createBackup = async (
  work: Work,
  { file, tenant }: { readonly file: string; readonly tenant: string | undefined },
): Promise<Created> => {
  const master = await presentMaster(work)
  const storage = await work.storage()
  const place = { ...storage, master, previous: previousMaster(work), clock: work.clock }
  const counts = { logs: 0, commits: 0, records: 0 }
  async function* counted(entries: AsyncIterable<BackupEntry>): AsyncGenerator<BackupEntry> {
    for await (const entry of entries) {
      if (entry.type === 'log') counts.logs += 1
      if (entry.type === 'commits') counts.commits += entry.commits.length
      if (entry.type === 'record') counts.records += 1
      work.progress(`${counts.logs} logs, ${counts.commits} commits`)
      yield entry
    }
  }
  const entries = counted(tenant === undefined ? collectInstallation(place) : collectTenant(place, tenant))
  const bytes = await writeFile(file, writeArchive(master, entries, await stretchingOf(storage.records)))
  return { file, tenant, bytes, ...counts }
}
