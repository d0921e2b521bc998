// Copies an installation from one store to another, or moves one of its tenants between journals that it knows. Owns which places are meant.
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type CopiedInstallation, copyInstallation, type MovedTenant, moveTenant } from '@konfig/app'
import { openServerLog } from '../log/server-log.ts'
import { StartError } from '../start-error.ts'
import { ports } from '../start.ts'
import { openPlace, type Storage } from '../storage/open.ts'
import { openInstallation } from './installation.ts'
import { presentMaster, previousMaster, type Work } from './work.ts'

/** A data folder stands for the database in it. */
const isFolder = (place: string): boolean => !/^[a-z][a-z+]*:/.test(place)

const openTarget = async (
  work: Work,
  { to, migrate, dryRun }: { readonly to: string; readonly migrate: string | undefined; readonly dryRun: boolean },
): Promise<Storage | undefined> => {
  if (isFolder(to) && statSync(to, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new StartError(`There is no folder at ${to}; make it first (mode 0700).`)
  const place = work.placeAt(isFolder(to) ? `sqlite:${join(resolve(to), 'konfig.db')}` : to, migrate)
  // A dry run makes no file.
  if (dryRun && place.adapter === 'sqlite' && !existsSync(place.location)) return undefined
  return openPlace(place, work.parts.adapters, openServerLog('silent'))
}

export interface CopyStore {
  readonly to: string
  /** The same for people: without who may enter it. */
  readonly where: string
  readonly migrate: string | undefined
  readonly dryRun: boolean
  readonly nodesStopped: boolean
  readonly erase: boolean
}

/**
 * What the work is on goes to another place, a URL, `sqlite:PATH` or a data folder. No node may serve it meanwhile. Throws `StartError`; rejects as
 * `copyInstallation` does.
 */
export const copyStore = async (work: Work, given: CopyStore): Promise<CopiedInstallation> => {
  const { where, dryRun, nodesStopped, erase } = given
  const master = await presentMaster(work)
  const storage = await work.storage()
  const source = { ...storage, master, previous: previousMaster(work), clock: work.clock }
  const target = await openTarget(work, given)
  try {
    const copied = await copyInstallation({
      source,
      target,
      where,
      ports,
      dryRun,
      nodesStopped,
      erase,
      told: work.progress,
    })
    if (erase && copied.erased) await storage.compact?.()
    return copied
  } finally {
    await target?.records.close()
    await target?.journal.close()
  }
}

/** Nodes may serve the installation meanwhile, as long as each knows both journals. Throws `StartError`; rejects as `moveTenant` does. */
export const moveTenantBetween = async (
  work: Work,
  given: {
    readonly tenant: string
    readonly from: string
    readonly to: string
    readonly dryRun: boolean
    readonly erase: boolean
  },
): Promise<MovedTenant> => {
  const { tenant: name, from, to, dryRun, erase } = given
  const { app, close } = await openInstallation(work)
  try {
    return await moveTenant(app, { name, from, to, dryRun, erase, told: work.progress })
  } finally {
    await close()
  }
}
