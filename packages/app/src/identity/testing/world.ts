// An installation in memory for tests of people and keys: a clock that is set by hand, tenants with people, and requests as the server would make them.
import { KonfigError } from '@konfig/core'
import { localMasterKey, type Stored } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import type { App, AppOptions } from '../../app.ts'
import type { Caller, TenantRef } from '../../caller.ts'
import type { Context, WriteOptions } from '../../context.ts'
import { openApp } from '../../open.ts'
import type { OpenStore } from '../../places/places.ts'
import { bootstrapPlatform } from '../../platform/bootstrap.ts'
import { createTenant } from '../../tenants/create.ts'
import { accept } from '../accept.ts'
import { createAdministrator } from '../administrator.ts'
import { authenticate } from '../authenticate.ts'
import { createApiKey, type NewApiKey } from '../create-api-key.ts'
import { inviteMember } from '../invite-member.ts'
import { login } from '../login.ts'
import { closeIdentity } from '../memory.ts'
import { register } from '../register.ts'
import type { Tokens } from '../tokens.ts'

export const password = 'a password to remember'
const address = '192.0.2.1'

export interface World {
  readonly app: App
  readonly store: MemoryStore
  readonly clock: { now: number }
  readonly errors: unknown[]
  readonly close: () => Promise<void>
}

export const openWorld = async (
  given: {
    readonly options?: Partial<AppOptions>
    readonly store?: MemoryStore
    /** The store, where some of what it does is to fail. */
    readonly stored?: Stored
    readonly clock?: { now: number }
    readonly master?: number
    readonly elsewhere?: ReadonlyMap<string, OpenStore>
  } = {},
): Promise<World> => {
  const clock = given.clock ?? { now: Date.UTC(2026, 0, 1) }
  const store = given.store ?? createMemoryStore()
  const memory = given.stored ?? openMemory({ clock: { now: () => clock.now }, store })
  const errors: unknown[] = []
  const { app, close } = await openApp({
    journal: memory.journal,
    records: memory.records,
    elsewhere: given.elsewhere,
    master: localMasterKey(new Uint8Array(32).fill(given.master ?? 1)),
    ports: {
      now: () => clock.now,
      newId: () => crypto.randomUUID(),
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    },
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30, ...given.options },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: (reason) => errors.push(reason),
  })
  await bootstrapPlatform(app)
  return {
    app,
    store,
    clock,
    errors,
    close: async () => {
      await closeIdentity(app)
      await close()
    },
  }
}

/** A request to a public or signed-in route of the platform's side. */
export const asking = (app: App, caller: Caller = { type: 'anonymous' }, from = address): Context => ({
  app,
  caller,
  side: 'platform',
  log: app.platform,
  tenant: caller.type === 'anonymous' ? undefined : caller.tenant,
  request: { id: 'request-1', address: from },
  write: { dryRun: false },
})

/** A request to a route of the caller's tenant, as the server puts it together. */
export const inside = async (app: App, credential: string, write: Partial<WriteOptions> = {}): Promise<Context> => {
  const caller = await callerOf(app, credential)
  if (caller.type === 'anonymous' || caller.tenant === undefined) throw new Error('the caller has no tenant')
  const log = await app.logs.hold(caller.tenant.config)
  return { ...asking(app, caller), side: 'tenant', log, write: { dryRun: false, ...write } }
}

export const callerOf = (app: App, credential: string, from = address): Promise<Caller> =>
  authenticate(app, { authorization: `Bearer ${credential}`, address: from })

export const logIn = (app: App, email: string, tenant?: string): Promise<Tokens> =>
  login(asking(app), { email, password, tenant })

/** A tenant with its owner, `owner@<name>.example`. */
export const registered = (app: App, name: string): Promise<Tokens> =>
  register(asking(app), { tenant: name, email: `owner@${name}.example`, password })

/** A member with one role, `<role>@<tenant>.example`, by invitation. */
export const joined = async (app: App, ownerToken: string, role: string): Promise<Tokens> => {
  const context = await inside(app, ownerToken)
  const { invitation } = await inviteMember(context, {
    email: `${role}@${context.tenant?.name}.example`,
    roles: [role],
  })
  return accept(asking(app), { invitation: invitation ?? '', password })
}

export const keyOf = async (
  app: App,
  token: string,
  given: Partial<NewApiKey> = {},
): Promise<{ readonly id: string; readonly key: string }> => {
  const made = await createApiKey(await inside(app, token), {
    name: 'deploy',
    role: 'reader',
    namespaces: [],
    environments: [],
    ...given,
  })
  return { id: made.id, key: made.key ?? '' }
}

/** A tenant on a plan, without people. */
export const tenantOn = (app: App, name: string, plan?: string): Promise<TenantRef> =>
  createTenant(app, { name, plan, actor: 'system', request: 'request-1' })

/** The platform's owner, logged in. */
export const administrator = async (app: App): Promise<Tokens> => {
  await createAdministrator(app, { email: 'admin@platform.example', password })
  return logIn(app, 'admin@platform.example')
}

/** The code of what an action is refused with; `done` where it is not. */
export const refusalOf = async (action: Promise<unknown>): Promise<string> =>
  action.then(
    (): string => 'done',
    (reason: unknown) => {
      if (reason instanceof KonfigError) return reason.failure.code
      throw reason
    },
  )
