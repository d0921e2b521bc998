// While the store of the master key is away, what is in memory is served and nothing of the platform is changed: after a minute that is said
// at once, instead of letting each who asks wait for the store. Owns that minute.
import { failure, KonfigError } from '@konfig/core'
import type { App } from '../app.ts'

const patienceMillis = 60_000

/** Throws `key_store_away`. */
export const refuseWhileAway = ({ keyStore, ports }: Pick<App, 'keyStore' | 'ports'>): void => {
  const away = keyStore.away()
  const millis = away === undefined ? 0 : ports.now() - away.since
  if (millis >= patienceMillis)
    throw new KonfigError(failure('key_store_away', { away: Math.round(millis / 1000), seconds: 10 }))
}
