// The hot path: an answer that is ready, or nothing. Synchronous, allocates nothing, asks for no permission: the caller has checked
// `value:read` at exactly this namespace and environment.
import type { State } from '@konfig/core'
import type { App } from '../app.ts'
import type { HeldLog } from '../logs/held-log.ts'
import { holds } from './basis.ts'
import type { Entry, Shelf } from './cache.ts'

/**
 * The answer from a shelf that was found before, the key being undefined for the whole namespace. A shelf that was cleared away meanwhile is empty
 * for good, and another may stand in its place: `readCached` finds it.
 */
export const readShelf = (shelf: Shelf, key: string | undefined, tenant: State, platform: State): Entry | undefined => {
  const entry = key === undefined ? shelf.whole : shelf.keys.get(key)
  if (entry === undefined || !holds(entry.basis, tenant, platform)) return undefined
  if (!entry.used) entry.used = true
  return entry
}

/**
 * The answer to `GET /values/{namespace}[/{key}]?environment=` in its plain form, if it was asked before and still holds. Names only, not ids.
 * What is undefined here is answered, and kept, by `readValue` and `readNamespace`.
 */
export const readCached = (
  app: App,
  held: HeldLog,
  environment: string,
  namespace: string,
  key: string | undefined,
): Entry | undefined => {
  const shelf = app.answers.shelf(held.log, environment, namespace)
  return shelf === undefined ? undefined : readShelf(shelf, key, held.state(), app.platform.state())
}
