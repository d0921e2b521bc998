// A tenant in memory for tests of changes, undo, import and export: the platform's defaults, acme, globex, and whoever asks.
import { fixedRoles, type Intention, type Permission, type RoleName } from '@konfig/core'
import { commit, type Committed } from '../../commit.ts'
import type { Context, WriteOptions } from '../../context.ts'
import type { TenantRef } from '../../caller.ts'
import { createTenant } from '../../tenants/create.ts'
import { asking, openWorld, type World } from '../../tenants/testing/world.ts'

export interface Asking {
  readonly namespaces?: readonly string[]
  readonly environments?: readonly string[]
  readonly write?: Partial<WriteOptions>
  readonly permissions?: readonly Permission[]
}

export interface TenantWorld extends World {
  readonly acme: TenantRef
  /** A request of acme's, or another tenant's, by somebody of that role. */
  readonly as: (role: RoleName, more?: Asking, tenant?: TenantRef) => Promise<Context>
  /** Writes as the owner, with the newest revision stated. */
  readonly put: (...intentions: readonly Intention[]) => Promise<Committed>
  readonly onPlatform: (...intentions: readonly Intention[]) => Promise<Committed>
  readonly newTenant: (name: string) => Promise<TenantRef>
}

const member = '00000000-0000-4000-8000-00000000000b'

type Putting = Extract<Intention, { readonly op: 'put' }>

export const config = (namespace: string, name: string, body: { readonly [field: string]: unknown }): Putting =>
  ({ op: 'put', kind: 'config', namespace, name, body }) as Putting
export const override = (namespace: string, name: string, value: unknown, environment?: string): Putting =>
  ({
    op: 'put',
    kind: 'override',
    namespace,
    name,
    layer: 'tenant',
    body: { value },
    ...(environment === undefined ? {} : { environment }),
  }) as Putting
export const put = (
  kind: Intention['kind'],
  name: string,
  body: { readonly [field: string]: unknown } = {},
): Intention => ({ op: 'put', kind, name, body }) as Intention

export const openTenantWorld = async (options: Parameters<typeof openWorld>[0] = {}): Promise<TenantWorld> => {
  const world = await openWorld(options)
  const { app } = world
  const onPlatform = (...intentions: readonly Intention[]): Promise<Committed> =>
    commit(asking(app, 'owner'), () => ({ ok: true, value: { intentions } }), { trusted: 'test' })
  await onPlatform(
    put('namespace', 'platform-defaults'),
    config('platform-defaults', 'timeout', {
      type: 'number',
      value: 30,
      policy: { mode: 'bounded', schema: { minimum: 1, maximum: 60 } },
    }),
    config('platform-defaults', 'locked-key', { type: 'string', value: 'fixed', policy: { mode: 'locked' } }),
  )
  const newTenant = (name: string): Promise<TenantRef> =>
    createTenant(app, { name, plan: 'premium', owner: { userId: member }, actor: 'system', request: 'r' })
  const acme = await newTenant('acme')
  const as = async (role: RoleName, more: Asking = {}, tenant: TenantRef = acme): Promise<Context> => ({
    app,
    caller: {
      type: 'user',
      actor: `user:${member}`,
      userId: member,
      sessionId: 's',
      tenant,
      grants: [
        {
          permissions: more.permissions ?? fixedRoles[role],
          namespaces: more.namespaces,
          environments: more.environments,
        },
      ],
      platformGrants: [],
      acting: false,
    },
    side: 'tenant',
    log: await app.logs.hold(tenant.config),
    tenant,
    request: { id: 'request-1', address: '127.0.0.1' },
    write: { dryRun: false, ...more.write },
  })
  const write = async (...intentions: readonly Intention[]): Promise<Committed> =>
    commit(await as('owner'), ({ state }) => ({ ok: true, value: { intentions, ifRevision: state.revision } }))
  await write(
    put('namespace', 'billing'),
    config('billing', 'retries', { type: 'number', value: 3 }),
    config('billing', 'greeting', { type: 'string', value: 'hello' }),
    config('billing', 'limits', { type: 'json', value: { a: 1 }, combine: 'merge' }),
    put('environment', 'qa'),
    override('billing', 'retries', 5, 'production'),
    put('application', 'shop', { namespaces: ['billing', 'platform-defaults'] }),
  )
  return { ...world, acme, as, put: write, onPlatform, newTenant }
}
