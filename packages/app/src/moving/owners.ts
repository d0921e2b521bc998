// Whose logs are in a store: the platform's and those of tenants. Owns the order in which a copy goes through them, and who keeps it from beginning.
import { failure, KonfigError, type LogId } from '@konfig/core'
import { type KeyRings, mainJournal, type SealedRecords } from '@konfig/journal'
import { everyRecord } from '../backup/source.ts'
import type { DirectoryEntry } from '../directory.ts'

export interface Owner {
  /** `platform`, or a tenant's name. */
  readonly name: string
  /** Undefined for what is left of a log before: a tenant that was restored has other logs since, and its former access log stays. */
  readonly config: LogId | undefined
  readonly access: LogId
}

export interface PlatformOwner extends Owner {
  readonly config: LogId
}

export const logsOf = ({ config, access }: Owner): readonly LogId[] =>
  config === undefined ? [access] : [config, access]

/** The platform first. Tenants that are in a journal of their own stay there. */
export const ownersIn = async (
  records: SealedRecords,
  rings: Pick<KeyRings, 'every'>,
): Promise<readonly [PlatformOwner, ...Owner[]]> => {
  const platform = (await records.get<Omit<PlatformOwner, 'name'>>('platform', 'logs'))?.value
  if (platform === undefined) throw new KonfigError(failure('installation_missing'))
  const owners: [PlatformOwner, ...Owner[]] = [{ name: 'platform', config: platform.config, access: platform.access }]
  const known = new Set([platform.config, platform.access])
  for await (const { value } of everyRecord<DirectoryEntry>(records, 'tenants')) {
    const { name, config, access, journal } = value
    known.add(config).add(access)
    if (journal === undefined) owners.push({ name, config, access })
  }
  for await (const { log } of rings.every())
    if (!known.has(log)) owners.push({ name: `log ${log}`, config: undefined, access: log })
  return owners
}

/**
 * A move into this store that was cut short has left the directory behind the log: taken for elsewhere, the log would stay behind. Rejects with
 * `journal_foreign`.
 */
export const refuseHalfMoved = async (
  records: SealedRecords,
  isHere: (log: LogId) => Promise<boolean>,
): Promise<void> => {
  for await (const { value } of everyRecord<DirectoryEntry>(records, 'tenants')) {
    const { name, journal, config, access } = value
    if (journal === undefined || !((await isHere(config)) || (await isHere(access)))) continue
    const again = `konfig store copy ${journal} ${mainJournal} --tenant ${name}`
    const reason = `holds what tenant ${name} wrote last, whose move from journal ${journal} was cut short; finish it first: ${again}`
    throw new KonfigError(failure('journal_foreign', { name: mainJournal, reason }))
  }
}
