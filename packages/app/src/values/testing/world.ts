// An installation in memory for tests of values and configs: a platform, one tenant, and contexts of whoever is asking.
import {
  fixedRoles,
  type Grant,
  type Intention,
  type JsonObject,
  KonfigError,
  type Permission,
  platformPermissions,
} from '@konfig/core'
import { localMasterKey } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import type { App } from '../../app.ts'
import { commit, type Committed } from '../../commit.ts'
import type { Context, WriteOptions } from '../../context.ts'
import { openApp } from '../../open.ts'

export interface World {
  readonly app: App
  readonly clock: { now: number }
  readonly tenant: (grants?: readonly Grant[], write?: Partial<WriteOptions>) => Context
  readonly platform: (write?: Partial<WriteOptions>) => Context
  /** Writes as the machinery: no permission is asked. */
  readonly write: (side: 'tenant' | 'platform', ...intentions: readonly Intention[]) => Promise<Committed>
  readonly close: () => Promise<void>
}

export const grant = (
  permissions: readonly Permission[],
  namespaces?: readonly string[],
  environments?: readonly string[],
): Grant => ({
  permissions,
  namespaces,
  environments,
})

export const admin = [grant(fixedRoles.admin)]
export const reader = [grant(fixedRoles.reader)]

export const put = (
  kind: Intention['kind'],
  name: string,
  body: JsonObject = {},
  more: Partial<Intention> = {},
): Intention => ({ op: 'put', kind, name, body, ...more }) as Intention
export const config = (namespace: string, key: string, body: JsonObject): Intention =>
  put('config', key, body, { namespace })
export const override = (
  namespace: string,
  key: string,
  layer: string,
  environment: string | undefined,
  value: JsonObject['value'],
): Intention => put('override', key, { value: value ?? null }, { namespace, layer, environment })
export const remove = ({ kind, name, namespace, layer, environment }: Intention): Intention =>
  ({ op: 'delete', kind, name, namespace, layer, environment }) as Intention

export const openWorld = async (
  options: { readonly answerBytes?: number; readonly environments?: boolean } = {},
): Promise<World> => {
  const clock = { now: Date.UTC(2026, 0, 1) }
  const memory = openMemory({ clock: { now: () => clock.now } })
  let ids = 0
  const { app, close } = await openApp({
    journal: memory.journal,
    records: memory.records,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports: {
      now: () => clock.now,
      newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    },
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    ...(options.answerBytes === undefined ? {} : { answerBytes: options.answerBytes }),
    onError: (reason) => {
      throw reason
    },
  })
  const log = app.ports.newId()
  await app.createLog(log)
  const held = await app.logs.hold(log)
  const ref = { id: app.ports.newId(), name: 'acme', config: log, access: app.ports.newId() }
  const context = (side: 'tenant' | 'platform', grants: readonly Grant[], write: Partial<WriteOptions>): Context => ({
    app,
    caller: {
      type: 'user',
      actor: 'user:00000000-0000-4000-8000-00000000000a',
      userId: '00000000-0000-4000-8000-00000000000a',
      sessionId: 's',
      tenant: ref,
      grants: side === 'tenant' ? grants : [],
      platformGrants: side === 'platform' ? grants : [],
      acting: false,
    },
    side,
    log: side === 'tenant' ? held : app.platform,
    tenant: ref,
    request: { id: 'request-1', address: '127.0.0.1' },
    write: { dryRun: false, ...write },
  })
  const tenant: World['tenant'] = (grants = admin, write = {}) => context('tenant', grants, write)
  const platform: World['platform'] = (write = {}) => context('platform', [grant(platformPermissions('owner'))], write)
  const write: World['write'] = (side, ...intentions) =>
    commit(side === 'tenant' ? tenant() : platform(), () => ({ ok: true, value: { intentions } }), {
      trusted: 'a test',
    })

  await write(
    'platform',
    put('plan', 'premium'),
    put('brand', 'sun'),
    put('environment', 'dev', { order: 1 }),
    put('environment', 'staging', { parent: 'dev', order: 2 }),
    put('environment', 'production', { order: 3 }),
  )
  await write('tenant', put('tenant', 'acme', { plan: 'premium', brand: 'sun', status: 'active' }))
  return { app, clock, tenant, platform, write, close }
}

/** What is refused with, or `done`. */
export const refusalOf = async (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'done',
    (reason: unknown) => (reason instanceof KonfigError ? reason.failure.code : `${reason as Error}`),
  )
