// Counts requests for each tenant and month: in memory at once, in the records once a minute.
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
  /** Writes what was counted since the last flush. A tenant whose write fails keeps its count for the next one. */
  readonly flush: () => Promise<void>
}

export interface UsageCounter {
  readonly id: string
  month: string
  /** What the records said last; undefined: not asked yet. */
  stored: number | undefined
  pending: number
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
      counter = { id, month: current(now()), stored: undefined, pending: 0 }
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

  const add = async (id: string, requests: number): Promise<number | undefined> => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const found = await records.get<StoredCount>(collection, id)
      const total = (found?.value.requests ?? 0) + requests
      if ((await records.put(collection, id, found?.version, { requests: total }, now() + keptFor)) !== undefined)
        return total
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

  const flushOne = async (tenantId: string, counter: UsageCounter): Promise<void> => {
    const { month: counted, pending } = counter
    const total = await add(`${tenantId}.${counted}`, pending)
    // The month may have turned while the write was under way; then the rest was moved aside whole.
    if (total === undefined) return
    if (counter.month === counted) {
      counter.pending -= pending
      counter.stored = total
    } else {
      const id = `${tenantId}.${counted}`
      left = left.flatMap((each) =>
        each.id !== id ? [each] : each.requests > pending ? [{ id, requests: each.requests - pending }] : [],
      )
    }
  }

  let flushing: Promise<void> | undefined
  const flushAll = async (): Promise<void> => {
    await flushLeft()
    for (const [tenantId, counter] of counters) if (counter.pending > 0) await flushOne(tenantId, counter)
  }

  return {
    counter: counterOf,
    count: (counter, time = now()) => {
      turn(counter, time)
      counter.pending++
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
    flush: () => {
      flushing ??= flushAll().finally(() => {
        flushing = undefined
      })
      return flushing
    },
  }
}
