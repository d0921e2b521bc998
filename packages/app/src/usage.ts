// Counts requests for each tenant and month: in memory at once, in the records ten seconds later, or as soon after as a bounded pace of writing lets it.
// Promise: what was flushed is never counted twice by this node; a node that is killed loses at most what it had not flushed.
import type { Millis } from '@konfig/core'
import type { SealedRecords } from '@konfig/journal'

export interface Usage {
  /** Counts one request. Synchronous, for the hot path, which knows the time. */
  readonly count: (counter: UsageCounter, time?: Millis) => void
  /** Where a tenant's requests are counted; for good. */
  readonly counter: (tenantId: string) => UsageCounter
  /** Requests of this month as far as this node knows; undefined until it has asked the records. */
  readonly known: (counter: UsageCounter, time?: Millis) => number | undefined
  /** Requests of this month, all nodes as of their last flush. Rejects with `unavailable`. */
  readonly load: (tenantId: string) => Promise<number>
  /** Writes the counts that have waited for ten seconds, the oldest first, a slice of them; to be called every `usageSliceMillis`. */
  readonly flushSlice: () => Promise<void>
  /** Writes all that was counted. A tenant whose write fails keeps its count for the next one. */
  readonly flush: () => Promise<void>
  /** Lets go of all that was counted for a tenant that is no more, in memory and in the records, of all months. */
  readonly forget: (tenantId: string) => Promise<void>
}

export const usageSliceMillis: Millis = 500
/** So a node writes 400 counts a second at the most: those of 4,000 active tenants every ten seconds, of 10,000 in 25. */
const mostInSlice = 200
const waitMillis: Millis = 10_000
/** So many wait for the journal together, and share what it does for each. */
const atOnce = 8

export interface UsageCounter {
  readonly id: string
  month: string
  /** What the records said last; undefined: not asked yet. */
  stored: number | undefined
  pending: number
  /** When the first of those that wait was counted; undefined: none is queued. */
  since: Millis | undefined
  /** The record as this node left it: while nobody else wrote it, it needs not be read. */
  written: { readonly id: string; readonly version: string; readonly requests: number } | undefined
}

interface StoredCount {
  readonly requests: number
}

const collection = 'usage'
const attempts = 20

/** `2026-08`, in UTC. */
export const monthOf = (time: Millis): string => new Date(time).toISOString().slice(0, 7)

/** Two months after the month began nobody asks for its count any more than for an invoice's; a year keeps it for both. */
const keptFor = 400 * 24 * 3600 * 1000

export const openUsage = (records: SealedRecords, now: () => Millis): Usage => {
  const counters = new Map<string, UsageCounter>()
  /** Counters with something to write, in the order in which they came to have it. */
  const queue: UsageCounter[] = []
  /** Counts of a month that ended before they were flushed. */
  let left: { readonly id: string; readonly requests: number }[] = []
  let monthEnds = 0
  let month = ''

  const current = (time: Millis): string => {
    if (time < monthEnds) return month
    const date = new Date(time)
    month = monthOf(time)
    monthEnds = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
    return month
  }

  const counterOf = (id: string): UsageCounter => {
    let counter = counters.get(id)
    if (counter === undefined) {
      counter = { id, month: current(now()), stored: undefined, pending: 0, since: undefined, written: undefined }
      counters.set(id, counter)
    }
    return counter
  }

  /** A month that ended is moved aside, and the present one begins at zero. */
  const turn = (counter: UsageCounter, time: Millis): void => {
    const present = current(time)
    if (counter.month === present) return
    if (counter.pending > 0) left.push({ id: `${counter.id}.${counter.month}`, requests: counter.pending })
    counter.month = present
    counter.stored = 0
    counter.pending = 0
  }

  const add = async (id: string, requests: number, counter?: UsageCounter): Promise<number | undefined> => {
    let known = counter?.written?.id === id ? counter.written : undefined
    if (counter !== undefined) counter.written = undefined
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (known === undefined) {
        const found = await records.get<StoredCount>(collection, id)
        known = { id, version: found?.version ?? '', requests: found?.value.requests ?? 0 }
      }
      const total = known.requests + requests
      const expected = known.version === '' ? undefined : known.version
      const version = await records.put(collection, id, expected, { requests: total }, now() + keptFor)
      if (version !== undefined) {
        if (counter !== undefined) counter.written = { id, version, requests: total }
        return total
      }
      known = undefined
    }
    return undefined
  }

  const flushLeft = async (): Promise<void> => {
    const waiting = left
    left = []
    for (const [index, { id, requests }] of waiting.entries()) {
      try {
        if ((await add(id, requests)) === undefined) left.push({ id, requests })
      } catch (reason) {
        left.push(...waiting.slice(index))
        throw reason
      }
    }
  }

  const flushOne = async (counter: UsageCounter): Promise<void> => {
    const { id: tenantId, month: counted, pending } = counter
    if (pending === 0) return
    const id = `${tenantId}.${counted}`
    const total = await add(id, pending, counter)
    if (total === undefined) return
    // The month may have turned while the write was under way; then the rest was moved aside whole.
    if (counter.month === counted) {
      counter.pending -= pending
      counter.stored = total
    } else
      left = left.flatMap((each) =>
        each.id !== id ? [each] : each.requests > pending ? [{ id, requests: each.requests - pending }] : [],
      )
  }

  const wait = (counter: UsageCounter, since: Millis): void => {
    if (counter.since !== undefined) return
    counter.since = since
    queue.push(counter)
  }

  /** Takes from the front of the queue; what could not be written waits again. */
  const flushThese = async (counters: readonly UsageCounter[]): Promise<void> => {
    await flushLeft()
    const waiting = [...counters]
    let failed: { readonly reason: unknown } | undefined
    const work = async (): Promise<void> => {
      for (let counter = waiting.shift(); counter !== undefined; counter = waiting.shift()) {
        counter.since = undefined
        try {
          if (failed === undefined) await flushOne(counter)
        } catch (reason) {
          failed = { reason }
        }
        if (counter.pending > 0) wait(counter, now())
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    if (failed !== undefined) throw failed.reason
  }

  const drop = async (tenantId: string): Promise<void> => {
    const prefix = `${tenantId}.`
    const counter = counters.get(tenantId)
    if (counter !== undefined) Object.assign(counter, { pending: 0, stored: undefined, written: undefined })
    left = left.filter(({ id }) => !id.startsWith(prefix))
    for (;;) {
      const found = await records.list(collection, { prefix, limit: 100 })
      for (const { id, version } of found) await records.delete(collection, id, version)
      if (found.length === 0) return
    }
  }

  let flushing = Promise.resolve()
  /** One after the other: two writers of one count would only conflict, and what is forgotten must not be on its way. */
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const done = flushing.then(act)
    flushing = done.catch(() => undefined)
    return done
  }
  const next = (take: () => readonly UsageCounter[]): Promise<void> => inTurn(() => flushThese(take()))
  const takeSlice = (): readonly UsageCounter[] => {
    const due = now() - waitMillis
    const end = queue.findIndex(({ since = 0 }, at) => since > due || at >= mostInSlice)
    return queue.splice(0, end < 0 ? queue.length : end)
  }

  return {
    counter: counterOf,
    count: (counter, time = now()) => {
      turn(counter, time)
      counter.pending++
      if (counter.since === undefined) wait(counter, time)
    },
    known: (counter, time = now()) => {
      turn(counter, time)
      const { stored, pending } = counter
      return stored === undefined ? undefined : stored + pending
    },
    load: async (tenantId) => {
      const counter = counterOf(tenantId)
      turn(counter, now())
      const found = await records.get<StoredCount>(collection, `${tenantId}.${counter.month}`)
      counter.stored = Math.max(counter.stored ?? 0, found?.value.requests ?? 0)
      return counter.stored + counter.pending
    },
    flushSlice: () => next(takeSlice),
    flush: () => next(() => queue.splice(0)),
    forget: (tenantId) => inTurn(() => drop(tenantId)),
  }
}
