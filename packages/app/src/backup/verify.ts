// Verifies a backup by restoring it, in memory: every log is written again, loaded, and walked from its first row. Stores nothing.
import { failure, KonfigError, type LogId } from '@konfig/core'
import { localMasterKey, verifyLog } from '@konfig/journal'
import { createMemoryStore, openMemory } from '@konfig/journal/memory'
import type { App } from '../app.ts'
import { openApp } from '../open.ts'
import { bootstrapPlatform } from '../platform/bootstrap.ts'
import type { Ports } from '../ports.ts'
import type { Entry } from './entry.ts'
import { restoreInstallation } from './restore.ts'
import { restoreTenant } from './restore-tenant.ts'

export interface VerifiedBackup {
  readonly madeAt: string
  /** Its name, where it is the backup of one. */
  readonly tenant: string | undefined
  readonly tenants: number
  readonly logs: number
  readonly commits: number
  readonly resources: number
}

/** The entries once more, with the first one already looked at. */
const peek = async (
  entries: AsyncIterable<Entry>,
): Promise<{ readonly first: Entry | undefined; readonly all: AsyncIterable<Entry> }> => {
  const iterator = entries[Symbol.asyncIterator]()
  const { value: first, done } = await iterator.next()
  async function* all(): AsyncGenerator<Entry> {
    if (done !== true) yield first as Entry
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { first: done === true ? undefined : (first as Entry), all: all() }
}

const verifyHeld = async (app: App, log: LogId): Promise<number> => {
  const ring = await app.rings.load(log)
  if (ring === undefined || ring === 'destroyed') return 0
  const found = await verifyLog(app.journal, log, ring)
  if (!found.ok) throw new KonfigError(failure('archive_unreadable', { reason: found.reason }))
  return (await app.logs.hold(log)).state().table.ids.size
}

/** Rejects with `archive_unreadable` where it does not restore to what it was. Needs memory for all of it, one tenant's state at a time beyond that. */
export const verifyBackup = async (entries: AsyncIterable<Entry>, ports: Ports): Promise<VerifiedBackup> => {
  const { first, all } = await peek(entries)
  const tenant = first?.type === 'installation' ? first.tenant : undefined
  const stores = openMemory({ clock: ports, store: createMemoryStore() })
  const master = localMasterKey(ports.randomBytes(32))
  const told =
    tenant === undefined
      ? await restoreInstallation({ ...stores, master, clock: ports, newId: ports.newId }, all)
      : undefined
  const { app, close } = await openApp({
    ...stores,
    master,
    ports,
    options: { registration: 'closed', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 64 * 1024 * 1024,
    pastBytes: 1024 * 1024,
    onError: () => undefined,
  })
  try {
    if (tenant !== undefined) await bootstrapPlatform(app)
    const restored = tenant === undefined ? undefined : await restoreTenant(app, all, { name: tenant, replace: false })
    let tenants = 0
    let resources = tenant === undefined ? await verifyHeld(app, app.platform.log) : 0
    for await (const { config, access, standing } of app.directory.every()) {
      if (standing === 'active') tenants += 1
      for (const log of [config, access]) {
        resources += await verifyHeld(app, log)
        app.logs.forget(log)
      }
    }
    return {
      madeAt: new Date(first?.type === 'installation' ? first.madeAt : 0).toISOString(),
      tenant,
      tenants,
      logs: told?.logs ?? 2,
      commits: told?.commits ?? restored?.commits ?? 0,
      resources,
    }
  } finally {
    await close()
  }
}
