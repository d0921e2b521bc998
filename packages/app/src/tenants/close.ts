// Erasing a tenant: its name is closed for good, its key destroyed, its configuration log erased. Its access log has a key of its own and
// stays until its time ends, so that erasing does not end audit. Promise: the platform's audit knows of it before anything is destroyed.
import { failure, KonfigError } from '@konfig/core'
import type { App } from '../app.ts'
import { actorOf, check, type Context } from '../context.ts'
import { dropMembership } from '../identity/membership.ts'
import { dropVerifier } from '../identity/verifier.ts'
import { commitTenant } from './change.ts'
import { findTenant } from './read.ts'
import { dropWork, noteWork, type TenantWork } from './work.ts'

export interface CloseTenant {
  readonly nameOrId: string
  /** The tenant's name once more: this cannot be undone. */
  readonly confirm: string | undefined
}

/** What others keep about the tenant to find it by. They are indexes: what is left of them leads nowhere, and a second try may find none. */
const dropIndexes = async (app: App, { config, name }: Pick<TenantWork, 'config' | 'name'>): Promise<void> => {
  const state = (await app.logs.hold(config)).state()
  for (const member of state.entries('member')) await dropMembership(app, member.name, name)
  for (const { body } of state.entries('apiKey'))
    if (typeof body['keyId'] === 'string') await dropVerifier(app, body['keyId'])
}

const isErased = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'log_erased'

/** What remains once the directory says `closed`; may be repeated after any failure. */
export const finishClosing = async (app: App, work: TenantWork): Promise<void> => {
  await dropIndexes(app, work).catch((reason: unknown) => {
    if (!isErased(reason)) throw reason
  })
  await app.eraseLog(work.config)
  await dropWork(app, { type: 'close', id: work.id })
}

/** Refusals: `resource_not_found`, `tenant_not_suspended`, `confirmation_required`, `precondition_failed`. */
export const closeTenant = async (context: Context, { nameOrId, confirm }: CloseTenant): Promise<void> => {
  check(context, 'platform:write')
  const { app, request } = context
  const found = await findTenant(context, nameOrId)
  const { entry } = found
  const active = (body: { readonly [field: string]: unknown }): KonfigError | undefined =>
    body['status'] === 'active' ? new KonfigError(failure('tenant_not_suspended', { name: entry.name })) : undefined
  const trial = await commitTenant(
    { ...context, write: { ...context.write, dryRun: true } },
    found,
    { status: 'closed' },
    active,
  )
  if (confirm !== entry.name) throw new KonfigError(failure('confirmation_required', { name: entry.name }))
  if (context.write.dryRun) return
  await app.recordAccess(app.platformAccess, {
    type: 'tenant_erased',
    actor: actorOf(context),
    resource: `tenant/${entry.name}`,
    request: request.id,
    data: { id: entry.id, revision: trial.revision },
  })
  // Decided once more on the log itself: a tenant that was made active meanwhile stays.
  await commitTenant(context, found, { status: 'closed' }, active)
  const work: TenantWork = {
    type: 'close',
    id: entry.id,
    name: entry.name,
    config: entry.config,
    access: entry.access,
    since: app.ports.now(),
  }
  await noteWork(app, work)
  await app.directory.update(entry.name, ({ id, name, config, access, journal, reservedAt }) => ({
    id,
    name,
    config,
    access,
    ...(journal === undefined ? {} : { journal }),
    standing: 'closed',
    reservedAt,
    status: 'closed',
  }))
  await finishClosing(app, work)
}
