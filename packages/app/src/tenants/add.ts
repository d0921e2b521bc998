// A platform's member adds a tenant, and may invite its first owner by email. Owns what of it is answered and noted.
import { failure, KonfigError, type Labels } from '@konfig/core'
import { mainJournal } from '@konfig/journal'
import { noteSoon } from '../audit/note.ts'
import { actorOf, check, type Context } from '../context.ts'
import { normalEmail } from '../identity/email.ts'
import { checkNewTenant, makeTenant, type NewTenant } from './create.ts'
import { inviteOwner, type OwnerInvitation } from './invite-owner.ts'
import { readTenant } from './read.ts'
import type { TenantDetail } from './view.ts'

export interface AddTenant {
  readonly name: string
  readonly displayName?: string | undefined
  readonly plan?: string | undefined
  readonly brand?: string | undefined
  readonly region?: string | undefined
  readonly journal?: string | undefined
  readonly labels?: Labels | undefined
  /** The first owner's email. */
  readonly owner?: string | undefined
}

export interface AddedTenant extends TenantDetail {
  readonly invitation?: OwnerInvitation
}

/** How the tenant would look; nothing is stored. */
const tried = async ({ app }: Context, tenant: NewTenant): Promise<TenantDetail> => {
  checkNewTenant(app, tenant)
  const { name, displayName, plan, brand, region, journal, labels, actor } = tenant
  if ((await app.directory.entry(name)) !== undefined)
    throw new KonfigError(failure('already_exists', { kind: 'tenant', name }))
  const time = new Date(app.ports.now()).toISOString()
  return {
    id: app.ports.newId(),
    name,
    ...(displayName === undefined ? {} : { displayName }),
    ...(plan === undefined ? {} : { plan }),
    ...(brand === undefined ? {} : { brand }),
    ...(region === undefined ? {} : { region }),
    ...(journal === undefined || journal === mainJournal ? {} : { journal }),
    status: 'active',
    labels: labels ?? {},
    createdAt: time,
    createdBy: actor,
    updatedAt: time,
    updatedBy: actor,
    version: 1,
    revision: 1,
  }
}

/** Refusals: those of `createTenant`, `denied`, `already_created` for a repeat of a request whose invitation was shown. */
export const addTenant = async (context: Context, input: AddTenant): Promise<AddedTenant> => {
  check(context, 'platform:write')
  const { app, request, write } = context
  const { owner, ...fields } = input
  const email = owner === undefined ? undefined : normalEmail(owner, '/owner')
  const tenant: NewTenant = {
    ...fields,
    actor: actorOf(context),
    request: request.id,
    idempotency: write.idempotency,
    message: write.message,
  }
  if (write.dryRun) return tried(context, tenant)
  const { ref, repeated } = await makeTenant(app, tenant)
  const { id, name } = ref
  if (!repeated)
    noteSoon(app, app.platformAccess, {
      type: 'tenant_created',
      actor: tenant.actor,
      resource: `tenant/${name}`,
      request: request.id,
      data: { id },
    })
  if (repeated && email !== undefined) throw new KonfigError(failure('already_created', { kind: 'tenant', id }))
  const detail = await readTenant(context, name)
  return email === undefined ? detail : { ...detail, invitation: await inviteOwner(context, name, email) }
}
