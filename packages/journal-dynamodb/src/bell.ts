// Wakes followers. Whoever appended writes to one small item, and while somebody watches, that item is looked at often: a hint, which may be
// lost, and what polling finds anyway.
import { type Bell, lookOften, openFollowers } from '@konfig/journal'
import type { Database } from './database.ts'
import { pulseKey } from './schema/items.ts'

const pauseMillis = 100

export const openBell = (database: Database): Bell => {
  const followers = openFollowers(lookOften(async () => (await database.glance(pulseKey))?.pulse, pauseMillis))
  let pulsing: Promise<void> | undefined
  let due = false

  /** At most one write in a tenth of a second, however much is appended. */
  const pulse = async (): Promise<void> => {
    while (due && !followers.closed()) {
      due = false
      const change = { text: 'SET #pulse = :pulse', values: { pulse: Math.floor(Math.random() * 1e15) } }
      await database.update(pulseKey, change).catch(() => undefined)
      await followers.pause(pauseMillis)
    }
    pulsing = undefined
  }

  return {
    ring: () => {
      followers.wake()
      due = true
      if (!followers.closed()) pulsing ??= pulse()
    },
    watch: followers.watch,
    close: async () => {
      await Promise.all([followers.close(), pulsing])
    },
  }
}
