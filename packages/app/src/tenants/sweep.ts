// Settles what was cut short: activates a reservation whose log has revision 1, releases one that came to nothing after a minute, brings the
// directory up to a log, finishes an erasure. May run on any node, at any time, several at once.
import type { App } from '../app.ts'
import { finishClosing } from './finish-closing.ts'
import { reachLeft } from './reach-left.ts'
import { indexedEntry, indexTenant } from './entry.ts'
import { dropWork, type TenantWork, workUnderWay } from './work.ts'

export interface Swept {
  readonly activated: number
  readonly released: number
  readonly indexed: number
  readonly closed: number
}

type Settled = keyof Swept | 'nothing' | 'waiting'

/** Whoever is still at work is given this long. */
const graceMillis = 60_000

const settleCreation = async (app: App, work: TenantWork): Promise<Settled> => {
  const entry = (await app.directory.entry(work.name))?.value
  const own = entry?.id === work.id ? entry : undefined
  if (own !== undefined && own.standing !== 'reserved') {
    await dropWork(app, work)
    return 'nothing'
  }
  const head = own === undefined ? 0 : await app.journal.head(work.config)
  if (head !== 'erased' && head > 0) {
    const held = await app.logs.hold(work.config)
    await app.directory.update(work.name, (found) =>
      found.id === work.id && found.standing === 'reserved'
        ? indexedEntry({ ...found, standing: 'active' }, held.state())
        : found,
    )
    await dropWork(app, work)
    return 'activated'
  }
  if (app.ports.now() - work.since < graceMillis) return 'waiting'
  // The name first: a creator that appends only now fails to activate. The other way round it could be answered and then lose its log.
  if (own !== undefined && !(await app.directory.release(work.name, work.id))) return 'waiting'
  for (const log of [work.config, work.access]) {
    app.logs.forget(log)
    await app.eraseLog(log)
  }
  await dropWork(app, work)
  return 'released'
}

const settle = async (app: App, work: TenantWork): Promise<Settled> => {
  switch (work.type) {
    case 'create':
      return settleCreation(app, work)
    case 'index': {
      if ((await app.directory.find(work.name))?.id === work.id) {
        // This node may not have heard of what was appended last.
        await (await app.logs.hold(work.config)).catchUp()
        await indexTenant(app, work)
      }
      // Whoever noted it may be about to append.
      if (app.ports.now() - work.since >= graceMillis) await dropWork(app, work)
      return 'indexed'
    }
    case 'close': {
      const entry = await app.directory.entry(work.name)
      if (entry?.value.id === work.id && entry.value.standing === 'closed') {
        await finishClosing(app, entry.value, work)
        return 'closed'
      }
      if (app.ports.now() - work.since < graceMillis) return 'waiting'
      await dropWork(app, work)
      return 'nothing'
    }
    case 'reach':
      return (await reachLeft(app, work)) ? 'closed' : 'waiting'
  }
}

/** One round over what is under way. What fails is reported and tried again in the next round. */
export const sweepReservations = async (app: App): Promise<Swept> => {
  const swept = { activated: 0, released: 0, indexed: 0, closed: 0 }
  for await (const work of workUnderWay(app)) {
    try {
      const settled = await settle(app, work)
      if (settled !== 'nothing' && settled !== 'waiting') swept[settled] += 1
    } catch (reason) {
      app.onError(reason)
    }
  }
  return swept
}
