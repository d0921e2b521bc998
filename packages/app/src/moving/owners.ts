// Whose logs are in a store: the platform's and those of tenants. Owns the order in which a copy goes through them.
import { failure, KonfigError, type LogId } from '@konfig/core'
import type { SealedRecords } from '@konfig/journal'
import { everyRecord } from '../backup/source.ts'
import type { DirectoryEntry } from '../directory.ts'

export interface Owner {
  /** `platform`, or a tenant's name. */
  readonly name: string
  readonly config: LogId
  readonly access: LogId
}

/** The platform first. Tenants that are in a journal of their own stay there. */
export const ownersIn = async (records: SealedRecords): Promise<readonly [Owner, ...Owner[]]> => {
  const platform = (await records.get<Omit<Owner, 'name'>>('platform', 'logs'))?.value
  if (platform === undefined) throw new KonfigError(failure('installation_missing'))
  const owners: [Owner, ...Owner[]] = [{ name: 'platform', config: platform.config, access: platform.access }]
  for await (const { value } of everyRecord<DirectoryEntry>(records, 'tenants'))
    if (value.journal === undefined) owners.push(value)
  return owners
}
