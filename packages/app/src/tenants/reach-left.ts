// Destroys the key of an erased tenant in places, now or once those that were not reached are back, and certifies those then.
import type { LogId, PlaceId } from '@konfig/core'
import type { App } from '../app.ts'
import type { Lived } from '../directory.ts'
import { type CertifiedPlace, certify, keptCertificate, replaceCertificate } from './certificate.ts'
import { sortPlaces } from './lived.ts'
import { dropWork, noteWork, type TenantWork } from './work.ts'

/** In all of these places, and wherever else this node finds a key of the log. */
export const destroyKeys = async (app: App, config: LogId, places: readonly Lived[]): Promise<void> => {
  const ofLog = Map.groupBy([...places], ({ log }) => log)
  // The logs that it had before it was restored go first.
  for (const [log, there] of [...ofLog].filter(([each]) => each !== config)) await app.places.erase(log, idsOf(there))
  await app.places.end(config, idsOf(ofLog.get(config) ?? []))
}

export const idsOf = (places: readonly Lived[]): readonly PlaceId[] => places.map(({ id }) => id)

/**
 * Destroys the key in the places that were left, as far as this node reaches them by now, and certifies that; likewise of those that were emptied
 * since. True once none is left. May be repeated, and by several at once.
 */
export const reachLeft = async (app: App, work: TenantWork): Promise<boolean> => {
  // So that this node knows where the log is: its rows stay there.
  await app.directory.entry(work.name)
  const { reached, left, emptied } = await sortPlaces(app, work.config, work.left ?? [])
  if (reached.length > 0) await destroyKeys(app, work.config, reached)
  if (reached.length + emptied.length > 0) {
    await certifyReached(app, work.id, new Set(idsOf([...reached, ...emptied])))
    if (left.length > 0) await noteWork(app, { ...work, left })
  }
  if (left.length > 0) return false
  await dropWork(app, work)
  return true
}

const certifyReached = async (app: App, tenantId: string, reached: ReadonlySet<PlaceId>): Promise<void> => {
  for (;;) {
    const kept = await keptCertificate(app, tenantId)
    if (kept === undefined) return
    const { certificate } = kept.value
    const at = new Date(app.ports.now()).toISOString()
    const places = certificate.places.map(
      (place): CertifiedPlace =>
        place.key === 'left' && reached.has(place.id) ? { ...place, key: 'destroyed', at } : place,
    )
    if (await replaceCertificate(app, kept.version, certify(app, { ...certificate, places }))) return
  }
}
