// The sample world of the suites: two tenants with people, keys and values, on the memory journal behind a real server on loopback.
// Built once, then cloned for each test, so that no test sees another's changes.
import { randomBytes, randomUUID } from 'node:crypto'
import {
  type App,
  bootstrapPlatform,
  closeIdentity,
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
import type { Intention } from '@konfig/core'
import { localMasterKey } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import { openServer, openServerLog, type ServerOptions } from '@konfig/server'

export const roles = ['owner', 'admin', 'editor', 'viewer', 'reader'] as const
export type Role = (typeof roles)[number]

/** What must never be seen by anybody but members of the other tenant. */
export const foreignMarker = 'globex-secret-marker'
export const password = 'correct horse battery staple'

const ports = { now: Date.now, newId: randomUUID, randomBytes: (count: number) => new Uint8Array(randomBytes(count)) }
const silent = { write: () => undefined }

const openNode = async (store: MemoryStore) => {
  const { journal, records } = openMemory({ clock: ports, store })
  const opened = await openApp({
    journal,
    records,
    master: localMasterKey(new Uint8Array(32).fill(3)),
    ports,
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: (reason) => {
      process.stderr.write(`in the background: ${String(reason)}\n`)
    },
  })
  return opened
}

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

/** Bytes are shared between clones: neither the store nor its readers ever write into them. */
const clone = (store: MemoryStore): MemoryStore => ({
  id: store.id,
  listeners: new Set(),
  sequence: store.sequence,
  logs: new Map(
    [...store.logs].map(([log, kept]) => [
      log,
      { ...kept, batches: [...kept.batches], snapshots: new Map(kept.snapshots) },
    ]),
  ),
  records: new Map([...store.records].map(([collection, rows]) => [collection, new Map(rows)])),
})

let base: Promise<{ readonly store: MemoryStore; readonly facts: Facts }> | undefined

const makeBase = async (): Promise<{ readonly store: MemoryStore; readonly facts: Facts }> => {
  const store = createMemoryStore()
  const { app, close } = await openNode(store)
  const facts = await build(app)
  await close()
  await closeIdentity(app)
  return { store, facts }
}

export interface World extends Facts {
  readonly app: App
  readonly url: string
  /** Heads of every log that there is, and how many records of what holds truth. */
  readonly heads: () => { readonly [log: string]: number }
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

export const openWorld = async (options: Partial<ServerOptions> = {}): Promise<World> => {
  base ??= makeBase()
  const { store: original, facts } = await base
  const store = clone(original)
  const { app, close } = await openNode(store)
  const server = await openServer(app, openServerLog('info', silent), { ...serverOptions, ...options })
  const port = await server.listen('127.0.0.1', 0)
  return {
    ...facts,
    app,
    url: `http://127.0.0.1:${port}`,
    heads: () => Object.fromEntries([...store.logs].map(([log, { batches }]) => [log, batches.at(-1)?.last ?? 0])),
    close: async () => {
      await server.stop(100)
      await close()
      await closeIdentity(app)
    },
  }
}
