// Erasing a tenant: its name is closed for good, what others keep to find it by goes, its log gets a last commit, and the key of that log is destroyed.
// What is left of the log cannot be opened by anybody, and its chain still verifies. Its access log has a key of its own and stays until its
// time ends, so that erasing does not end audit. Promise: the platform's audit knows of it before anything is destroyed.
import { failure, KonfigError } from '@konfig/core'
import { verifyLog } from '@konfig/journal'
import type { App } from '../app.ts'
import { actorOf, check, type Context } from '../context.ts'
import { dropMembership } from '../identity/membership.ts'
import { dropVerifier } from '../identity/verifier.ts'
import { endNote } from '../logs/ended.ts'
import { type Certificate, certify, type Erasure, keepCertificate } from './certificate.ts'
import { commitTenant } from './change.ts'
import { isErased } from '../logs/erased.ts'
import { findTenant } from './read.ts'
import { dropWork, noteWork, type TenantWork } from './work.ts'

export interface CloseTenant {
  readonly nameOrId: string
  /** The tenant's name once more: this cannot be undone. */
  readonly confirm: string | undefined
}

const dayMillis = 24 * 3600 * 1000
const defaultBackupDays = 35

/** What others keep about the tenant to find it by, then the end of its log. A second try finds the log ended, and has nothing more to do here. */
const endLog = async (app: App, { config, name, by }: TenantWork): Promise<void> => {
  const held = await app.logs.hold(config)
  const state = held.state()
  for (const member of state.entries('member')) await dropMembership(app, member.name, name)
  for (const { body } of state.entries('apiKey'))
    if (typeof body['keyId'] === 'string') await dropVerifier(app, body['keyId'])
  await held.write<undefined>({
    actor: by?.actor ?? 'system',
    origin: { type: 'erase', ...(by === undefined ? {} : { request: by.request }) },
    decide: () => ({ ok: true, value: { changes: [], platform: 0, note: endNote(config), answer: undefined } }),
  })
}

const timeOf = (millis: number): string => new Date(millis).toISOString()

/** Everything but the key itself. Answers what there is to certify: the chain is walked to its end once more, without any key. */
const prepare = async (app: App, work: TenantWork): Promise<Erasure> => {
  const { id, name, config, access, by } = work
  await endLog(app, work).catch((reason: unknown) => {
    if (!isErased(reason)) throw reason
  })
  app.forgetLog(config)
  await app.usage.forget(id)
  const chain = await verifyLog(app.journal, config)
  const versions = await app.rings.versions(config)
  const keptDays = app.options.backupDays ?? defaultBackupDays
  const now = app.ports.now()
  return {
    format: 'konfig erasure certificate 1',
    tenant: { id, name },
    log: {
      id: config,
      revision: chain.ok ? chain.head.revision : chain.revision,
      batches: chain.ok ? chain.batches : 0,
      hash: chain.ok ? Buffer.from(chain.head.hash).toString('hex') : '',
    },
    keys:
      versions === undefined || versions === 'destroyed'
        ? []
        : versions.map(({ version, createdAt }) => ({ version, createdAt: timeOf(createdAt) })),
    erasedAt: timeOf(now),
    erasedBy: by?.actor ?? 'system',
    request: by?.request ?? '',
    accessLog: access,
    backups: { keptDays, until: timeOf(now + keptDays * dayMillis) },
  }
}

/** What remains once the directory says `closed`; may be repeated after any failure. What is to be certified is noted before the key goes. */
export const finishClosing = async (app: App, work: TenantWork): Promise<Certificate> => {
  const erasure = work.erasure ?? (await prepare(app, work))
  if (work.erasure === undefined) await noteWork(app, { ...work, erasure })
  await app.places.end(work.config)
  app.forgetLog(work.config)
  const certificate = await keepCertificate(app, certify(app, erasure))
  await dropWork(app, { type: 'close', id: work.id })
  return certificate
}

/** Undefined where it was only tried. Refusals: `resource_not_found`, `tenant_not_suspended`, `confirmation_required`, `precondition_failed`. */
export const closeTenant = async (
  context: Context,
  { nameOrId, confirm }: CloseTenant,
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
  if (context.write.dryRun) return undefined
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
    by: { actor: actorOf(context), request: request.id },
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
  return finishClosing(app, work)
}
