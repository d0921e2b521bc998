// Gives the logs of one side a new version of their key. Promise: what is committed after the answer is sealed with it, on every node: the
// rotation is a commit of the log itself, sealed with the new version, so whoever appends behind it has met that version. What was sealed
// before is never sealed again, and old versions stay in the ring to read it.
import { type ActorId, failure, KonfigError, type LogId } from '@konfig/core'
import type { App } from '../app.ts'
import { noteSoon } from '../audit/note.ts'
import { actorOf, check, type Context } from '../context.ts'
import { findTenant, inTenant } from '../tenants/read.ts'
import { refuseWhileAway } from './administer.ts'
import { logsOf } from './logs-of.ts'
import { type KeyLog, keyLogs, type KeyView, keyViews } from './view.ts'

export interface RotateKeys {
  /** Both, if it is left out. */
  readonly log?: KeyLog | undefined
}

export interface RotatedKeys {
  /** The new versions. */
  readonly items: readonly KeyView[]
}

export interface Rotation {
  readonly log: KeyLog
  readonly id: LogId
  readonly actor: ActorId
  readonly request?: string | undefined
  readonly message?: string | undefined
  readonly idempotency?: Idempotency | undefined
}

/** A tenant's own rotations end here: the rest is for the platform, which must be able to rotate after a leak. */
const mostOfTenant = 150

type Idempotency = NonNullable<Context['write']['idempotency']>

/** One log. A rotation that is cut short leaves a version that nothing is sealed with yet; the next commit or rotation goes on from there. */
export const rotateLog = async (
  app: App,
  { log, id, actor, request, message, idempotency }: Rotation,
): Promise<KeyView> => {
  const held = await app.logs.hold(id)
  // Where it moved meanwhile, its keys are there by now.
  await held.catchUp()
  // A ring that was put back to an older one must not grow: there would be two keys of one version.
  await held.sealed.renew()
  const ring = await app.rings.rotate(id)
  await held.sealed.renew()
  const version = ring.keys.at(-1)?.version ?? 1
  await held.write<undefined>({
    actor,
    origin: { type: 'key', ...(request === undefined ? {} : { request }) },
    message,
    idempotency,
    decide: (state) => ({
      ok: true,
      value: {
        changes: [],
        platform: id === app.platform.log ? state.revision : 0,
        note: { type: 'key_rotated', resource: `key/${log}`, data: { version } },
        answer: undefined,
      },
    }),
  })
  return newest(app, log, id)
}

const newest = async (app: App, log: KeyLog, id: LogId): Promise<KeyView> => {
  const [view] = await keyViews(app, log, id)
  if (view === undefined) throw new Error('A key ring has no version.')
  return view
}

/** What a rotation would answer. */
const tried = async (app: App, log: KeyLog, id: LogId): Promise<KeyView> => {
  const { version } = await newest(app, log, id)
  return { log, version: version + 1, createdAt: new Date(app.ports.now()).toISOString(), newest: true }
}

/** Whether the same request was carried out before: its key stands in the commit that it made last. */
const isRepeat = async (
  app: App,
  id: LogId,
  actor: ActorId,
  idempotency: Idempotency | undefined,
): Promise<boolean> => {
  if (idempotency === undefined) return false
  const before = (await app.logs.hold(id)).state().repeated(actor, idempotency.key)
  if (before !== undefined && before.request !== idempotency.request)
    throw new KonfigError(failure('idempotency_mismatch'))
  return before !== undefined
}

/** `most`: versions beyond which whoever asks may not go. */
const rotateAll = async (context: Context, { log }: RotateKeys, most?: number): Promise<RotatedKeys> => {
  const { app, request, write } = context
  const ids = logsOf(context)
  const actor = actorOf(context)
  // The configuration last: where both rotate, the commit there says that all was done.
  const logs = log === undefined ? keyLogs.toReversed() : [log]
  const last = logs.at(-1) ?? 'config'
  const answers = async (view: typeof newest): Promise<RotatedKeys> => ({
    items: await Promise.all(logs.map((each) => view(app, each, ids[each]))),
  })
  refuseWhileAway(app)
  if (!write.dryRun && (await isRepeat(app, ids[last], actor, write.idempotency))) return answers(newest)
  for (const each of logs)
    if (most !== undefined && (await newest(app, each, ids[each])).version >= most)
      throw new KonfigError(failure('key_versions_full', { log: ids[each], limit: most }))
  if (write.dryRun) return answers(tried)
  const items: KeyView[] = []
  for (const each of logs)
    items.push(
      await rotateLog(app, {
        log: each,
        id: ids[each],
        actor,
        request: request.id,
        message: write.message,
        idempotency: each === last ? write.idempotency : undefined,
      }),
    )
  return { items }
}

/** The side's own. Rejects with `denied`, `idempotency_mismatch`, `key_versions_full`, `unavailable`, `key_store_refuses`. */
export const rotateKeys = async (context: Context, asked: RotateKeys): Promise<RotatedKeys> => {
  check(context, 'settings:write')
  return rotateAll(context, asked, context.side === 'tenant' ? mostOfTenant : undefined)
}

/** A tenant's, by the platform. Rejects with `denied`, `resource_not_found`, and as `rotateKeys`. */
export const rotateTenantKeys = async (
  context: Context,
  { tenant, ...asked }: RotateKeys & { readonly tenant: string },
): Promise<RotatedKeys> => {
  check(context, 'platform:write')
  const found = await findTenant(context, tenant)
  const rotated = await rotateAll(inTenant(context, found), asked)
  if (!context.write.dryRun)
    noteSoon(context.app, context.app.platformAccess, {
      type: 'key_rotated',
      actor: actorOf(context),
      resource: `tenant/${found.entry.name}`,
      request: context.request.id,
      data: {
        id: found.entry.id,
        versions: Object.fromEntries(rotated.items.map(({ log, version }) => [log, version])),
      },
    })
  return rotated
}
