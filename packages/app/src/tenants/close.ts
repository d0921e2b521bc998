// Erasing a tenant: its name is closed for good, what others keep to find it by goes, its log gets a last commit, and the key of that log is destroyed.
// What is left of the log cannot be opened by anybody, and its chain still verifies. Its access log has a key of its own and stays until its
// time ends, so that erasing does not end audit. Promise: the platform's audit knows of it before anything is destroyed.
import { failure, KonfigError } from '@konfig/core'
import { actorOf, check, type Context } from '../context.ts'
import type { Certificate } from './certificate.ts'
import { commitTenant } from './change.ts'
import { finishClosing } from './finish-closing.ts'
import { placeNames, reachOf } from './lived.ts'
import { findTenant } from './read.ts'
import { noteWork } from './work.ts'

export interface CloseTenant {
  readonly nameOrId: string
  /** The tenant's name once more: this cannot be undone. */
  readonly confirm: string | undefined
  /** Goes on though places that the tenant was in are not reached; the certificate names them. */
  readonly leaveUnreached?: boolean | undefined
}

/** Undefined where it was only tried. Refusals: `resource_not_found`, `tenant_not_suspended`, `confirmation_required`, `places_unreached`, `precondition_failed`. */
export const closeTenant = async (
  context: Context,
  { nameOrId, confirm, leaveUnreached = false }: CloseTenant,
): Promise<Certificate | undefined> => {
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
  const { left } = await reachOf(app, entry)
  if (left.length > 0 && !leaveUnreached)
    throw new KonfigError(failure('places_unreached', { name: entry.name, places: placeNames(left) }))
  if (context.write.dryRun) return undefined
  await app.recordAccess(app.platformAccess, {
    type: 'tenant_erased',
    actor: actorOf(context),
    resource: `tenant/${entry.name}`,
    request: request.id,
    data: { id: entry.id, revision: trial.revision, ...(left.length === 0 ? {} : { left: placeNames(left) }) },
  })
  // Decided once more on the log itself: a tenant that was made active meanwhile stays.
  await commitTenant(context, found, { status: 'closed' }, active)
  const work = await noteWork(app, {
    type: 'close',
    id: entry.id,
    name: entry.name,
    config: entry.config,
    access: entry.access,
    since: app.ports.now(),
    by: { actor: actorOf(context), request: request.id },
    ...(leaveUnreached ? { leave: true } : {}),
  })
  let closed = entry
  await app.directory.update(
    entry.name,
    ({ id, name, config, access, journal, lived, reservedAt }) =>
      (closed = {
        id,
        name,
        config,
        access,
        ...(journal === undefined ? {} : { journal }),
        ...(lived === undefined ? {} : { lived }),
        standing: 'closed',
        reservedAt,
        status: 'closed',
      }),
  )
  return finishClosing(app, closed, work)
}
