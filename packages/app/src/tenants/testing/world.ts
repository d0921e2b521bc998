// An installation in memory for tests of the platform's side: a clock that is set by hand, and contexts of whoever is asking.
import { type Grant, KonfigError, type Permission, permissions, platformPermissions, type RoleName } from '@konfig/core'
import { type Journal, localMasterKey, type Records } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import type { App } from '../../app.ts'
import type { Context, WriteOptions } from '../../context.ts'
import { type OpenedApp, openApp } from '../../open.ts'
import { bootstrapPlatform } from '../../platform/bootstrap.ts'

export interface World {
  readonly app: App
  readonly store: MemoryStore
  readonly clock: { now: number }
  readonly errors: unknown[]
  readonly close: () => Promise<void>
}

export interface WorldOptions {
  readonly store?: MemoryStore
  readonly clock?: { now: number }
  /** Between the app and what it stores in: for faults and counting. */
  readonly journal?: (journal: Journal) => Journal
  readonly records?: (records: Records) => Records
  readonly bootstrap?: boolean
}

export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const clock = options.clock ?? { now: Date.UTC(2026, 0, 1) }
  const store = options.store ?? createMemoryStore()
  const memory = openMemory({ clock: { now: () => clock.now }, store })
  const errors: unknown[] = []
  const opened: OpenedApp = await openApp({
    journal: options.journal?.(memory.journal) ?? memory.journal,
    records: options.records?.(memory.records) ?? memory.records,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports: {
      now: () => clock.now,
      newId: () => crypto.randomUUID(),
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    },
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: (reason) => errors.push(reason),
  })
  if (options.bootstrap !== false) await bootstrapPlatform(opened.app)
  return { app: opened.app, store, clock, errors, close: opened.close }
}

const grant = (held: readonly Permission[]): Grant => ({
  permissions: held,
  namespaces: undefined,
  environments: undefined,
})

/** A request of the platform's side by a member with a role there; `nobody` is a user of some tenant with every permission there. */
export const asking = (app: App, role: RoleName | 'nobody' = 'admin', write: Partial<WriteOptions> = {}): Context => ({
  app,
  caller: {
    type: 'user',
    actor: 'user:00000000-0000-4000-8000-00000000000a',
    userId: '00000000-0000-4000-8000-00000000000a',
    sessionId: 's',
    tenant: undefined,
    grants: role === 'nobody' ? [grant(permissions)] : [],
    platformGrants: role === 'nobody' ? [] : [grant(platformPermissions(role))],
    acting: false,
  },
  side: 'platform',
  log: app.platform,
  tenant: undefined,
  request: { id: 'request-1', address: '127.0.0.1' },
  write: { dryRun: false, ...write },
})

/** The code of what an action is refused with; `done` where it is not. */
export const refusalOf = async (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'done',
    (reason: unknown) => (reason instanceof KonfigError ? reason.failure.code : 'bug'),
  )
