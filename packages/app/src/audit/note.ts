// Notes events in an access log: at once where proof is needed, soon where it is not. Owns no event's meaning.
import type { LogId } from '@konfig/core'
import type { AccessEvent, App } from '../app.ts'

/** Notes it soon; a failure goes to the installation's error listener, never to the caller. */
export const noteSoon = (app: App, log: LogId, event: AccessEvent): void => {
  app.recordAccess(log, event).catch(app.onError)
}
