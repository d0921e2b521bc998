// The hot path: an answer that is ready, or nothing. Synchronous, allocates nothing, asks for no permission: the caller has checked
// `value:read` at exactly this namespace and environment.
import type { App } from '../app.ts'
import type { HeldLog } from '../logs/held-log.ts'
import { holds } from './basis.ts'
import type { ReadyAnswer } from './face.ts'

/**
 * The answer to `GET /values/{namespace}[/{key}]?environment=` in its plain form, if it was asked before and still holds; the key is
 * undefined for the whole namespace. Names only, not ids. What is undefined here is answered, and kept, by `readValue` and `readNamespace`.
 */
export const readCached = (
  app: App,
  held: HeldLog,
  environment: string,
  namespace: string,
  key: string | undefined,
): ReadyAnswer | undefined => {
  const shelf = app.answers.shelf(held.log, environment, namespace)
  if (shelf === undefined) return undefined
  const entry = key === undefined ? shelf.whole : shelf.keys.get(key)
  if (entry === undefined || !holds(entry.basis, held.state(), app.platform.state())) return undefined
  if (!entry.used) entry.used = true
  return entry
}
