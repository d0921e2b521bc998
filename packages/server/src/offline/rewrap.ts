// Brings an installation under the master key of the options, from the previous one. The nodes may run meanwhile, as long as each has both.
import { hasInstallation, openInstallation, type Rewrapped, rewrapInstallation } from '@konfig/journal'
import { openPlaces } from '@konfig/app'
import { failure, KonfigError } from '@konfig/core'
import { StartError } from '../start-error.ts'
import { presentMaster, previousMaster, type Work } from './work.ts'

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
  const { rings, opened } = await openPlaces({
    main: storage,
    elsewhere: storage.elsewhere ?? new Map(),
    installation,
    clock: work.clock,
    onError: () => undefined,
  })
  await opened()
  return rewrapInstallation(
    { stored, installation, rings },
    {
      dryRun,
      again,
      told: ({ logs, rewrapped }) => work.progress(`${logs} logs looked at, keys of ${rewrapped} wrapped anew`),
    },
  )
}
