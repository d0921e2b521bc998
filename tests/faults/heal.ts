// Puts everything right again after a fault, as those who run an installation would: starts what is not running, and waits until writes are
// acknowledged. Tells how long that took.
import { setTimeout as wait } from 'node:timers/promises'
import type { Place } from './places/place.ts'
import type { Node } from './workload/node.ts'
import type { Record } from './workload/record.ts'

/** A node that starts needs its database for some seconds on end, which faults on a busy machine may not give it for minutes. */
const patienceMillis = 180_000

const eventually = async (
  what: string,
  isDone: () => Promise<boolean>,
  millis: number = patienceMillis,
): Promise<void> => {
  const until = performance.now() + millis
  let last = ''
  while (performance.now() < until) {
    const done = await isDone().catch((reason: unknown) => {
      last = `: ${String(reason)}`
      return false
    })
    if (done) return
    await wait(50)
  }
  throw new Error(`${what} did not heal within ${millis / 1000} s${last}`)
}

/** Given some time to come back by itself, then started. */
export const healStore = async ({ database, disk, diskMachine, proxy, heal }: Place): Promise<void> => {
  if (typeof disk === 'object') disk.free()
  diskMachine?.failSyncs(false)
  proxy?.slow(0)
  proxy?.refuse(false)
  await heal?.()
  if (database === undefined) return
  const by = performance.now() + 700
  await eventually('the database', async () => {
    if (await database.answers().catch(() => false)) return true
    if (performance.now() < by) return false
    await database.crash()
    await database.start()
    return true
  })
}

/**
 * One that does not listen is started, again and again while what it needs is away. Given longer than the rest: a start needs a while in which its
 * store is well, and that is struck all the time.
 */
export const healNode = (node: Node): Promise<void> =>
  eventually(
    node.name,
    async () => {
      if (node.life() === undefined) await node.start()
      return true
    },
    3 * patienceMillis,
  )

/** Milliseconds until the next write was acknowledged. */
export const untilAcknowledged = async (record: Record, millis?: number): Promise<number> => {
  const since = performance.now()
  await eventually('writing', async () => record.acknowledgedAt() > since, millis)
  return performance.now() - since
}
