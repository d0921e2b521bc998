// Changing a tenant from the platform's side: its own resource in its own log, then what the directory says of it.
// Promise: the log decides; a directory that was not told is brought up by the sweeper.
import { failure, type JsonObject, type KonfigError, type Labels } from '@konfig/core'
import { noteSoon } from '../audit/note.ts'
import { commit, type Committed } from '../commit.ts'
import { actorOf, check, type Context, notFound } from '../context.ts'
import { indexTenant, tenantIn } from './entry.ts'
import { detailOf, findTenant, type FoundTenant, inTenant } from './read.ts'
import type { TenantDetail } from './view.ts'
import { dropWork, noteWork } from './work.ts'

/** What is left out stays; null takes away. Labels change one by one. */
export interface TenantPatch {
  readonly displayName?: string | null | undefined
  readonly plan?: string | null | undefined
  readonly brand?: string | null | undefined
  readonly status?: 'active' | 'suspended' | 'closed' | undefined
  readonly labels?: { readonly [label: string]: string | null } | null | undefined
}

const fields = ['displayName', 'plan', 'brand', 'status'] as const

const patched = (body: JsonObject, patch: TenantPatch): JsonObject => {
  const next: { [field: string]: JsonObject[string] } = { ...body }
  for (const field of fields) {
    const value = patch[field]
    if (value === null) delete next[field]
    else if (value !== undefined) next[field] = value
  }
  return next
}

const patchedLabels = (labels: Labels | undefined, patch: TenantPatch['labels']): Labels | undefined => {
  if (patch === undefined) return labels
  const next = new Map(Object.entries(patch === null ? {} : (labels ?? {})))
  for (const [label, value] of Object.entries(patch ?? {})) {
    if (value === null) next.delete(label)
    else next.set(label, value)
  }
  return next.size === 0 ? undefined : Object.fromEntries(next)
}

/** Commits to the tenant's log and brings the directory up. A plan or brand named anew must exist; one that goes later is an empty layer. */
export const commitTenant = async (
  context: Context,
  found: FoundTenant,
  patch: TenantPatch,
  refuse?: (body: JsonObject) => KonfigError | undefined,
): Promise<Committed> => {
  const { app } = context
  const { entry } = found
  const work = {
    type: 'index',
    id: entry.id,
    name: entry.name,
    config: entry.config,
    access: entry.access,
    since: app.ports.now(),
    turn: app.ports.newId(),
  } as const
  if (!context.write.dryRun) await noteWork(app, work)
  const committed = await commit(inTenant(context, found), ({ state, platform }) => {
    const resource = tenantIn(state, entry.name)
    if (resource === undefined) return { ok: false, failure: notFound('tenant', entry.name).failure }
    const refused = refuse?.(resource.body)
    if (refused !== undefined) return { ok: false, failure: refused.failure }
    for (const kind of ['plan', 'brand'] as const) {
      const name = patch[kind]
      if (typeof name === 'string' && name !== resource.body[kind] && platform.get(kind, name) === undefined)
        return { ok: false, failure: failure('target_unknown', { pointer: `/${kind}`, kind, name }) }
    }
    const body = patched(resource.body, patch)
    return {
      ok: true,
      value: {
        intentions: [
          {
            op: 'put',
            kind: 'tenant',
            name: entry.name,
            body,
            labels: patchedLabels(resource.labels, patch.labels),
            expect: context.write.expect,
          },
        ],
      },
    }
  })
  if (!context.write.dryRun) {
    await indexTenant(app, entry)
    await dropWork(app, work)
  }
  return committed
}

export const changeTenant = async (context: Context, nameOrId: string, patch: TenantPatch): Promise<TenantDetail> => {
  check(context, 'platform:write')
  const found = await findTenant(context, nameOrId)
  const { state, commit: made } = await commitTenant(context, found, patch)
  if (made !== undefined)
    noteSoon(context.app, context.app.platformAccess, {
      type: 'tenant_changed',
      actor: actorOf(context),
      resource: `tenant/${found.entry.name}`,
      request: context.request.id,
      data: { id: found.entry.id, revision: made.revision, fields: Object.keys(patch) },
    })
  return detailOf(found.entry, state)
}
