// Rounds that one node of all takes now and then. A claim keeps the others from it; it ends by itself, should its node be killed. Owns the claims; what a
// round does is its maker's.
import type { Millis } from '@konfig/core'
import type { App } from './app.ts'

const collection = 'audit-rounds'
const roundMillis: Millis = 6 * 3600 * 1000
const claimMillis: Millis = 3600 * 1000

/** True for one of many nodes. A round that was finished keeps others from the next until it is time. */
export const claimRound = async (app: App, name: string): Promise<boolean> => {
  const now = app.ports.now()
  const found = await app.records.get<{ readonly until: Millis }>(collection, name)
  // A claim beyond any that is made is of a clock that was wrong.
  if (found !== undefined && found.value.until > now && found.value.until <= now + roundMillis) return false
  return (await app.records.put(collection, name, found?.version, { until: now + claimMillis })) !== undefined
}

export const finishRound = async (app: App, name: string): Promise<void> => {
  const found = await app.records.get(collection, name)
  if (found !== undefined)
    await app.records.put(collection, name, found.version, { until: app.ports.now() + roundMillis })
}
