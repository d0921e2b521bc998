// The steps of an erasure behind the directory's: what names the tenant goes, its log ends, the key is destroyed in each place, and that is certified.
// Promise: may be cut short anywhere and repeated, by any node; what is to be certified is noted before the key goes.
import { failure, KonfigError } from '@konfig/core'
import { verifyLog } from '@konfig/journal'
import type { App } from '../app.ts'
import type { DirectoryEntry, Lived } from '../directory.ts'
import { endNote } from '../logs/ended.ts'
import { isErased } from '../logs/erased.ts'
import { type Certificate, type CertifiedPlace, certify, type Erasure, keepCertificate } from './certificate.ts'
import { forgetTenant } from './forget.ts'
import { reachOf, sortPlaces } from './lived.ts'
import { destroyKeys } from './reach-left.ts'
import { dropWork, noteWork, type TenantWork } from './work.ts'

const dayMillis = 24 * 3600 * 1000
const defaultBackupDays = 35

/** The end of its log. A second try finds the log ended, and has nothing more to do here. */
const endLog = async (app: App, { config, by }: TenantWork): Promise<void> => {
  const held = await app.logs.hold(config)
  await held.write<undefined>({
    actor: by?.actor ?? 'system',
    origin: { type: 'erase', ...(by === undefined ? {} : { request: by.request }) },
    decide: () => ({ ok: true, value: { changes: [], platform: 0, note: endNote(config), answer: undefined } }),
  })
}

/** What is noted before the key goes. */
type Prepared = Required<Pick<TenantWork, 'erasure' | 'reached' | 'left'>>

const timeOf = (millis: number): string => new Date(millis).toISOString()

const placesOf = (reached: readonly Lived[], left: readonly Lived[], at: string): readonly CertifiedPlace[] => {
  const certified = new Map<string, CertifiedPlace>()
  for (const { id, journal } of reached) certified.set(id, { journal, id, key: 'destroyed', at })
  for (const { id, journal } of left) certified.set(id, { journal, id, key: 'left' })
  return [...certified.values()]
}

/** Everything but the key itself. Answers what there is to certify: the chain is walked to its end once more, without any key. */
const prepare = async (app: App, entry: DirectoryEntry, work: TenantWork): Promise<Prepared> => {
  const { id, name, config, access, by } = work
  await endLog(app, work).catch((reason: unknown) => {
    if (!isErased(reason)) throw reason
  })
  await forgetTenant(app, work)
  // Behind its end, so that it goes nowhere any more.
  const { reached, left } = await reachOf(app, entry)
  if (left.length > 0 && work.leave === undefined)
    throw new KonfigError(failure('unavailable', { what: `A place of tenant ${name}`, seconds: 60 }))
  app.forgetLog(config)
  const chain = await verifyLog(app.journal, config)
  const versions = await app.rings.versions(config)
  const keptDays = app.options.backupDays ?? defaultBackupDays
  const now = app.ports.now()
  const erasure: Erasure = {
    format: 'konfig erasure certificate 2',
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
    places: placesOf(reached, left, timeOf(now)),
    erasedAt: timeOf(now),
    erasedBy: by?.actor ?? 'system',
    request: by?.request ?? '',
    accessLog: access,
    backups: { keptDays, until: timeOf(now + keptDays * dayMillis) },
  }
  return { erasure, reached, left }
}

/** What remains once the directory says `closed`; may be repeated after any failure. What is to be certified is noted before the key goes. */
export const finishClosing = async (app: App, entry: DirectoryEntry, given: TenantWork): Promise<Certificate> => {
  let work = given
  if (work.erasure === undefined) work = await noteWork(app, { ...given, ...(await prepare(app, entry, given)) })
  const { erasure, reached = [], left = [] } = work
  if (erasure === undefined) throw new KonfigError(failure('bug'))
  // It may have moved since that was noted.
  const now = await sortPlaces(app, work.config, reached)
  await destroyKeys(app, work.config, now.reached)
  app.forgetLog(work.config)
  if (now.left.length > 0)
    throw new KonfigError(failure('unavailable', { what: `A place of tenant ${work.name}`, seconds: 60 }))
  const certificate = await keepCertificate(app, certify(app, erasure))
  const { type: _, erasure: _erasure, reached: _reached, ...rest } = work
  if (left.length > 0) await noteWork(app, { ...rest, type: 'reach' })
  await dropWork(app, { type: 'close', id: work.id })
  return certificate
}
