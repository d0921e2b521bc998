// The sample world of the suites: two tenants with people, keys and values, behind a real server on loopback, on one of the backends.
// Built once for each backend, then cloned for each test, so that no test sees another's changes.
import { randomBytes, randomUUID } from 'node:crypto'
import {
  type App,
  bootstrapPlatform,
  closeIdentity,
  closeTenant,
  commit,
  type Context,
  createAdministrator,
  createApiKey,
  createTenant,
  createUser,
  openApp,
  recordMembership,
  type TenantRef,
} from '@konfig/app'
import { type Intention, platformPermissions } from '@konfig/core'
import { localMasterKey } from '@konfig/journal'
import { openServer, openServerLog, type ServerOptions } from '@konfig/server'
import { type Backend, newPlace, type Place } from './place.ts'

export const roles = ['owner', 'admin', 'editor', 'viewer', 'reader'] as const
export type Role = (typeof roles)[number]

/** What must never be seen by anybody but members of the other tenant. */
export const foreignMarker = 'globex-secret-marker'
export const password = 'correct horse battery staple'

const silent = { write: () => undefined }

const openNode = async (place: Place, now: () => number) => {
  const ports = { now, newId: randomUUID, randomBytes: (count: number) => new Uint8Array(randomBytes(count)) }
  const { journal, records } = await place.open(ports)
  const opened = await openApp({
    journal,
    records,
    master: localMasterKey(new Uint8Array(32).fill(3)),
    ports,
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: (reason) => {
      process.stderr.write(`in the background: ${reason instanceof Error ? reason.stack : String(reason)}\n`)
    },
  })
  const close = async (): Promise<void> => {
    await opened.close()
    await closeIdentity(opened.app)
    await journal.close()
  }
  return { app: opened.app, close }
}

/** Whoever runs the platform, for what the machinery alone may not do. */
const operator = {
  type: 'user',
  actor: 'system',
  userId: 'system',
  sessionId: 'world',
  tenant: undefined,
  grants: [],
  platformGrants: [{ permissions: platformPermissions('owner'), namespaces: undefined, environments: undefined }],
  acting: false,
} as const

/** A context of the machinery, for making the world. */
export const machine = (app: App, tenant?: TenantRef): Promise<Context> | Context => {
  const base = {
    app,
    caller: { type: 'anonymous' },
    request: { id: 'world', address: '127.0.0.1' },
    write: { dryRun: false },
  } as const
  return tenant === undefined
    ? { ...base, side: 'platform', log: app.platform, tenant: undefined }
    : app.logs.hold(tenant.config).then((log) => ({ ...base, side: 'tenant', log, tenant }))
}

export const put = (
  kind: Intention['kind'],
  name: string,
  body: Record<string, unknown> = {},
  more: Partial<Intention> = {},
): Intention => ({ op: 'put', kind, name, body, ...more }) as Intention

const land = (context: Context, intentions: readonly Intention[]) =>
  commit(context, () => ({ ok: true, value: { intentions } }), { trusted: 'the sample world' })

const config = (namespace: string, key: string, body: Record<string, unknown>): Intention =>
  put('config', key, body, { namespace })

const build = async (app: App) => {
  await bootstrapPlatform(app)
  const platform = await machine(app)
  await land(platform, [
    put('brand', 'sun', { displayName: 'Sun' }),
    put('namespace', 'platform-defaults', { displayName: 'Defaults' }),
    config('platform-defaults', 'timeout', {
      type: 'number',
      value: 30,
      policy: { mode: 'bounded', schema: { minimum: 1, maximum: 60 } },
    }),
    config('platform-defaults', 'locked-key', { type: 'string', value: 'fixed', policy: { mode: 'locked' } }),
  ])
  const environments = [...platform.log.state().entries('environment')].map(({ name }) => name)
  if (!environments.includes('production')) throw new Error('the platform has no environment production')

  const administrator = await createAdministrator(app, { email: 'admin@platform.example', password })
  const auditor = (await createUser(app, { email: 'auditor@platform.example', password })).id
  await land(platform, [put('member', auditor, { roles: ['viewer'] })])
  await createApiKey(
    platform,
    { name: 'platform-key', role: 'viewer', namespaces: [], environments: [] },
    'the sample world',
  )
  const people = Object.fromEntries(
    await Promise.all(
      roles.map(
        async (role) => [role, (await createUser(app, { email: `${role}@acme.example`, password })).id] as const,
      ),
    ),
  ) as Record<Role, string>
  const stranger = (await createUser(app, { email: 'owner@globex.example', password })).id

  const request = 'world'
  const acme = await createTenant(app, {
    name: 'acme',
    plan: 'premium',
    brand: 'sun',
    owner: { userId: people.owner },
    actor: 'system',
    request,
  })
  const globex = await createTenant(app, {
    name: 'globex',
    plan: 'premium',
    owner: { userId: stranger },
    actor: 'system',
    request,
  })
  const own = await machine(app, acme)
  await land(own, [
    ...roles.filter((role) => role !== 'owner').map((role) => put('member', people[role], { roles: [role] })),
    put('namespace', 'billing', { displayName: 'Billing' }),
    put('namespace', 'empty'),
    config('billing', 'retries', { type: 'number', value: 3 }),
    config('billing', 'greeting', { type: 'string', value: 'hello' }),
    config('billing', 'limits', { type: 'json', value: { a: 1 }, combine: 'merge' }),
    put('environment', 'qa', { parent: 'dev' }),
    put('override', 'retries', { value: 5 }, { namespace: 'billing', layer: 'tenant', environment: 'production' }),
    put('application', 'shop', { namespaces: ['billing', 'platform-defaults'] }),
    put('role', 'deployer', { permissions: ['value:read', { permission: 'config:write', namespaces: ['billing'] }] }),
  ])
  await land(own, [config('billing', 'retries', { type: 'number', value: 4 })])
  for (const role of roles) await recordMembership(app, people[role], 'acme')
  const readerKey = await createApiKey(
    own,
    { name: 'reader-key', role: 'reader', namespaces: [], environments: [] },
    'the sample world',
  )
  const editorKey = await createApiKey(
    own,
    { name: 'editor-key', role: 'editor', namespaces: [], environments: [] },
    'the sample world',
  )
  const devKey = await createApiKey(
    own,
    { name: 'dev-key', role: 'editor', namespaces: ['billing'], environments: ['dev'] },
    'the sample world',
  )

  const other = await machine(app, globex)
  await land(other, [
    put('namespace', 'billing', { displayName: foreignMarker }),
    config('billing', 'retries', { type: 'number', value: 99 }),
    config('billing', 'marker', { type: 'string', value: foreignMarker }),
  ])
  const closing = await createTenant(app, { name: 'closing', plan: 'free', actor: 'system', request })
  await land(await machine(app, closing), [put('tenant', 'closing', { plan: 'free', status: 'suspended' })])
  const leaving = await createTenant(app, { name: 'erased', plan: 'free', actor: 'system', request })
  await land(await machine(app, leaving), [put('tenant', 'erased', { plan: 'free', status: 'suspended' })])
  await closeTenant({ ...platform, caller: operator }, { nameOrId: 'erased', confirm: 'erased' })
  const foreignKey = await createApiKey(
    other,
    { name: 'foreign-key', role: 'admin', namespaces: [], environments: [] },
    'the sample world',
  )
  return {
    acme,
    globex,
    people,
    administrator,
    auditor,
    stranger,
    keys: {
      reader: readerKey.key ?? '',
      editor: editorKey.key ?? '',
      dev: devKey.key ?? '',
      foreign: foreignKey.key ?? '',
    },
  }
}

type Facts = Awaited<ReturnType<typeof build>>

interface Base {
  readonly place: Place
  readonly facts: Facts
}

const bases = new Map<Backend, Promise<Base>>()

const makeBase = async (backend: Backend): Promise<Base> => {
  const place = await newPlace(backend)
  const { app, close } = await openNode(place, Date.now)
  const facts = await build(app)
  await close()
  return { place, facts }
}

const baseOf = (backend: Backend): Promise<Base> => {
  const base = bases.get(backend) ?? makeBase(backend)
  bases.set(backend, base)
  return base
}

export interface World extends Facts {
  readonly app: App
  readonly url: string
  /** Heads of every log that there is, and how many records of what holds truth. */
  readonly heads: () => { readonly [log: string]: number }
  /** Changes a byte of what is stored of a batch, behind the server's back. */
  readonly damage: (log: string, first: number) => void
  readonly close: () => Promise<void>
}

const serverOptions: ServerOptions = {
  limits: { globalPerMinute: undefined, signInPerMinute: 10_000 },
  corsOrigins: [],
  trusted: undefined,
  tls: undefined,
  accessLog: true,
  metrics: { mode: 'open-on-loopback' },
  docs: false,
  version: 'test',
}

export interface WorldOptions extends Partial<ServerOptions> {
  readonly backend?: Backend
  /** The node's clock; the world itself is built on the real one. */
  readonly now?: () => number
  /** Where the server log goes. */
  readonly log?: { readonly write: (lines: string) => void }
}

export const openWorld = async ({
  backend = 'memory',
  now = Date.now,
  log = silent,
  ...options
}: WorldOptions = {}): Promise<World> => {
  const base = await baseOf(backend)
  const place = await base.place.copy()
  const { app, close } = await openNode(place, now)
  const server = await openServer(app, openServerLog('info', log), { ...serverOptions, ...options })
  const port = await server.listen('127.0.0.1', 0)
  return {
    ...base.facts,
    app,
    url: `http://127.0.0.1:${port}`,
    heads: place.heads,
    damage: place.damage,
    close: async () => {
      await server.stop(100)
      await close()
      await place.remove()
    },
  }
}
