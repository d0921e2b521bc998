// Creating a tenant: reserve the name, make the logs' keys, append revision 1, activate. Each step may be the last one that this process takes:
// the sweeper (sweep.ts) settles what is left. Promise: who is answered has a whole tenant; who is not has either a whole one or a free name.
import {
  type ActorId,
  type Change,
  decide,
  emptyState,
  failure,
  type Intention,
  type JsonObject,
  KonfigError,
  type Labels,
  type Result,
} from '@konfig/core'
import { mainJournal } from '@konfig/journal'
import type { App } from '../app.ts'
import type { TenantRef } from '../caller.ts'
import { refuseWhileAway } from '../keys/administer.ts'
import { recordMembership } from '../identity/membership.ts'
import { indexedEntry } from './entry.ts'
import { dropWork, noteWork, type TenantWork } from './work.ts'

export interface NewTenant {
  readonly name: string
  readonly displayName?: string | undefined
  readonly plan?: string | undefined
  readonly brand?: string | undefined
  readonly region?: string | undefined
  /** The journal that its logs and keys go to; the main one where none is named. */
  readonly journal?: string | undefined
  readonly labels?: Labels | undefined
  readonly owner?: { readonly userId: string } | undefined
  /** What the tenant's `settings` begin with. */
  readonly settings?: JsonObject | undefined
  readonly actor: ActorId
  /** The request's id, for the commit's origin. */
  readonly request: string
  readonly message?: string | undefined
  /** Hashes of the Idempotency-Key and of method, path and body: a repeat answers the tenant that the first made. */
  readonly idempotency?: { readonly key: string; readonly request: string } | undefined
}

const tenantIntention = ({ name, displayName, plan, brand, region, labels }: NewTenant): Intention => ({
  op: 'put',
  kind: 'tenant',
  name,
  expect: 'absent',
  labels,
  body: {
    ...(displayName === undefined ? {} : { displayName }),
    ...(plan === undefined ? {} : { plan }),
    ...(brand === undefined ? {} : { brand }),
    ...(region === undefined ? {} : { region }),
    status: 'active',
  },
})

const firstIntentions = (tenant: NewTenant): readonly Intention[] => [
  tenantIntention(tenant),
  ...(tenant.settings === undefined
    ? []
    : [{ op: 'put', kind: 'settings', name: 'settings', expect: 'absent', body: tenant.settings } as const]),
  ...(tenant.owner === undefined
    ? []
    : [
        { op: 'put', kind: 'member', name: tenant.owner.userId, expect: 'absent', body: { roles: ['owner'] } } as const,
      ]),
]

const required = <T>(result: Result<T>): T => {
  if (!result.ok) throw new KonfigError(result.failure)
  return result.value
}

/** Throws what is wrong with a new tenant, before anything is stored. A plan or brand that goes later is an empty layer; one that never was is a slip. */
export const checkNewTenant = (app: App, tenant: NewTenant): void => {
  const platform = app.platform.state()
  if (tenant.name === 'platform')
    throw new KonfigError(failure('name_invalid', { pointer: '/name', rule: "this name is the platform's own" }))
  for (const intention of firstIntentions(tenant))
    required(decide({ side: 'tenant', state: emptyState(''), platform, newId: app.ports.newId }, [intention]))
  const { journal } = tenant
  if (journal !== undefined && !app.places.stores.has(journal))
    throw new KonfigError(
      failure('journal_unknown', {
        pointer: '/journal',
        name: journal,
        known: [...app.places.stores.keys()].join(', '),
      }),
    )
  for (const kind of ['plan', 'brand'] as const) {
    const name = tenant[kind]
    if (name !== undefined && platform.get(kind, name) === undefined)
      throw new KonfigError(failure('target_unknown', { pointer: `/${kind}`, kind, name }))
  }
}

const appendFirst = async (app: App, tenant: NewTenant, id: string, config: string) => {
  const held = await app.logs.hold(config)
  const platform = app.platform.state()
  return held.write<undefined>({
    actor: tenant.actor,
    origin: { type: 'api', request: tenant.request },
    message: tenant.message,
    idempotency: tenant.idempotency,
    decide: (state) => {
      const decided = decide({ side: 'tenant', state, platform, newId: app.ports.newId }, firstIntentions(tenant))
      if (!decided.ok) return decided
      // The tenant's own resource goes by the tenant's id, in every log and answer.
      const changes: readonly Change[] = decided.value.map((change) =>
        change.kind === 'tenant' ? { ...change, id } : change,
      )
      return { ok: true, value: { changes, platform: platform.revision, answer: undefined } }
    },
  })
}

/** The tenant that the same request made before, if it was this one. */
const repeated = async (app: App, { name, actor, idempotency }: NewTenant): Promise<TenantRef | undefined> => {
  const known = idempotency === undefined ? undefined : await app.directory.find(name)
  if (known === undefined || idempotency === undefined) return undefined
  const before = (await app.logs.hold(known.config)).state().repeated(actor, idempotency.key)
  if (before === undefined) return undefined
  if (before.request !== idempotency.request) throw new KonfigError(failure('idempotency_mismatch'))
  return known
}

const lost = (name: string): KonfigError => new KonfigError(failure('already_exists', { kind: 'tenant', name }))

/** Takes back what a creation that failed has left. What fails here too is left to the sweeper. */
const takeBack = async (app: App, work: TenantWork): Promise<void> => {
  const entry = await app.directory.entry(work.name)
  if (entry?.value.id === work.id && !(await app.directory.release(work.name, work.id))) return
  for (const log of [work.config, work.access]) {
    app.logs.forget(log)
    await app.eraseLog(log)
  }
  await dropWork(app, work)
}

const carryOut = async (app: App, tenant: NewTenant, ref: TenantRef): Promise<void> => {
  const { name, owner } = tenant
  const since = app.ports.now()
  const place = tenant.journal === undefined || tenant.journal === mainJournal ? {} : { journal: tenant.journal }
  const work: TenantWork = { type: 'create', ...ref, ...place, since }
  await noteWork(app, work)
  try {
    await app.directory.reserve({ ...ref, ...place, standing: 'reserved', reservedAt: since, status: 'active' })
    for (const log of [ref.config, ref.access]) await app.createLog(log, tenant.journal)
    // Before the tenant is there: a membership that nothing came of is passed over, one that is missing would hide the tenant from its owner.
    if (owner !== undefined) await recordMembership(app, owner.userId, name)
    const { state } = await appendFirst(app, tenant, ref.id, ref.config)
    await app.directory.update(name, (found) => {
      if (found.id !== ref.id || found.standing === 'closed') throw lost(name)
      return indexedEntry({ ...found, standing: 'active' }, state)
    })
  } catch (reason) {
    await takeBack(app, work).catch(app.onError)
    throw reason
  }
  await dropWork(app, work).catch(app.onError)
}

/** As `createTenant`; `repeated` where an earlier request under the same Idempotency-Key made it. */
export const makeTenant = async (
  app: App,
  tenant: NewTenant,
): Promise<{ readonly ref: TenantRef; readonly repeated: boolean }> => {
  refuseWhileAway(app)
  checkNewTenant(app, tenant)
  if ((await app.directory.entry(tenant.name)) !== undefined) {
    const before = await repeated(app, tenant)
    if (before === undefined) throw lost(tenant.name)
    return { ref: before, repeated: true }
  }
  const ref = { id: app.ports.newId(), name: tenant.name, config: app.ports.newId(), access: app.ports.newId() }
  await carryOut(app, tenant, ref)
  return { ref, repeated: false }
}

/**
 * Makes a tenant; answers when it is active. Refusals: what the name or body breaks, `target_unknown` for plan and brand, `already_exists`
 * (names are never used again), `unavailable`. Permission is the caller's to check.
 */
export const createTenant = async (app: App, tenant: NewTenant): Promise<TenantRef> =>
  (await makeTenant(app, tenant)).ref
