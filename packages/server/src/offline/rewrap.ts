// Brings an installation under the master key of the options, from the previous one. The nodes may run meanwhile, as long as each has both.
import { openDirectory, openPlaces, type Places } from '@konfig/app'
import {
  hasInstallation,
  openInstallation,
  type Rewrapped,
  rewrapInstallation,
  type SealedRecords,
  sealedRecords,
} from '@konfig/journal'
import { failure, KonfigError } from '@konfig/core'
import { StartError } from '../start-error.ts'
import { presentMaster, previousMaster, type Work } from './work.ts'

/** A journal that is not reached would keep its keys under the old one, and nobody would know. */
const refuseUnreached = async (records: SealedRecords, { stores, suppose }: Places): Promise<void> => {
  const unreached = new Set<string>()
  for await (const { journal } of openDirectory(records, suppose).every())
    if (journal !== undefined && !stores.has(journal)) unreached.add(journal)
  if (unreached.size > 0)
    throw new StartError(
      `Tenants live in journals that this command was not given: ${[...unreached].toSorted().join(', ')}. Give it the options of the nodes.`,
    )
}

/** Throws `StartError`; rejects with `rewrap_under_way`, `master_key_missing`, `installation_missing`. */
export const rewrapKeys = async (
  work: Work,
  { dryRun, again }: { readonly dryRun: boolean; readonly again: boolean },
): Promise<Rewrapped> => {
  const master = await presentMaster(work)
  const storage = await work.storage()
  const { records: stored } = storage
  if (!(await hasInstallation(stored))) throw new KonfigError(failure('installation_missing'))
  const previous = previousMaster(work)
  if (previous !== undefined && (await previous()).id === master.id)
    throw new StartError(
      'The previous master key and the present one are the same; name two, or leave the previous one out.',
    )
  const installation = await openInstallation(stored, master, previous)
  // Keys lie beside their logs: those of tenants in a journal of their own are wrapped there.
  const places = await openPlaces({
    main: storage,
    elsewhere: storage.elsewhere ?? new Map(),
    installation,
    clock: work.clock,
    onError: () => undefined,
  })
  await places.opened()
  await refuseUnreached(sealedRecords(stored, installation), places)
  return rewrapInstallation(
    { stored, installation, rings: places.rings },
    {
      dryRun,
      again,
      told: ({ logs, rewrapped }) => work.progress(`${logs} logs looked at, keys of ${rewrapped} wrapped anew`),
    },
  )
}
