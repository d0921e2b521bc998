// Counts requests for each tenant and month: in memory at once, in the records ten seconds later. Many tenants share a record, so that their number
// decides how large the records are, and not how many are written.
// Promise: what was flushed is never counted twice by this node; a node that is killed loses at most what it had not flushed.
import { KonfigError, type Millis } from '@konfig/core'
import type { SealedRecords } from '@konfig/journal'
import { groupOf, openUsageRecords, recordOf } from './usage-records.ts'

export interface Usage {
  /** Counts one request. Synchronous, for the hot path, which knows the time. */
  readonly count: (counter: UsageCounter, time?: Millis) => void
  /** Where a tenant's requests are counted; for good. */
  readonly counter: (tenantId: string) => UsageCounter
  /** Requests of this month as far as this node knows; undefined until it has asked the records. */
  readonly known: (counter: UsageCounter, time?: Millis) => number | undefined
  /**
   * Requests of this month, all nodes as of their last flush. Rejects with `unavailable`; with `journal_corrupt`, and from then on what this node counts
   * is what is known.
   */
  readonly load: (tenantId: string) => Promise<number>
  /** Writes the records whose counts have waited for ten seconds, the oldest first, a slice of them; to be called every `usageSliceMillis`. */
  readonly flushSlice: () => Promise<void>
  /** Writes all that was counted. A tenant whose write fails keeps its count for the next one. */
  readonly flush: () => Promise<void>
  /** Lets go of all that was counted for a tenant that is no more, in memory and in the records, of all months. */
  readonly forget: (tenantId: string) => Promise<void>
}

export const usageSliceMillis: Millis = 500
/** So a node writes 400 records a second at the most: all that there are within three seconds. */
const mostInSlice = 200
const waitMillis: Millis = 10_000
/** So many wait for the journal together, and share what it does for each. */
const atOnce = 8

export interface UsageCounter {
  readonly id: string
  /** The group of tenants that it is written with. */
  readonly group: number
  month: string
  /** What the records said last; undefined: not asked yet. */
  stored: number | undefined
  /** The part of it in a record of its own, where versions before groups wrote. */
  alone: number | undefined
  pending: number
  /** Among those of its group that have something to write. */
  waits: boolean
}

interface Waiting {
  readonly group: number
  /** When the first of those that wait was counted. */
  readonly since: Millis
  readonly counters: UsageCounter[]
}

interface Taken {
  readonly counter: UsageCounter
  readonly requests: number
}

interface Failures {
  /** Undefined where it failed, and where it is not tried any more. */
  readonly past: <T>(act: () => Promise<T>) => Promise<T | undefined>
  /** Throws the first reason. */
  readonly tell: () => void
}

const isDamage = (reason: unknown): boolean =>
  reason instanceof KonfigError && reason.failure.code === 'journal_corrupt'

/** A record that is damaged keeps no other from being written; where the records are away, nothing more is tried. */
const openFailures = (): Failures => {
  let first: { readonly reason: unknown } | undefined
  let away = false
  return {
    past: async (act) => {
      if (away) return undefined
      try {
        return await act()
      } catch (reason) {
        first ??= { reason }
        away ||= !isDamage(reason)
        return undefined
      }
    },
    tell: () => {
      if (first !== undefined) throw first.reason
    },
  }
}

/** `2026-08`, in UTC. */
export const monthOf = (time: Millis): string => new Date(time).toISOString().slice(0, 7)

export const openUsage = (records: SealedRecords, now: () => Millis): Usage => {
  const counters = new Map<string, UsageCounter>()
  /** Groups with something to write, in the order in which they came to have it. */
  const queue = new Map<number, Waiting>()
  const stored = openUsageRecords(records, now)
  /** Counts of a month that ended before they were flushed. */
  let left: { readonly id: string; readonly month: string; readonly requests: number }[] = []
  let monthEnds = 0
  let month = ''

  const current = (time: Millis): string => {
    if (time < monthEnds) return month
    const date = new Date(time)
    // What is still to be written of the last one is read anew.
    stored.forgetKnown()
    month = monthOf(time)
    monthEnds = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
    return month
  }

  const counterOf = (id: string): UsageCounter => {
    let counter = counters.get(id)
    if (counter === undefined) {
      const [group, present] = [groupOf(id), current(now())]
      counter = { id, group, month: present, stored: undefined, alone: undefined, pending: 0, waits: false }
      counters.set(id, counter)
    }
    return counter
  }

  /** A month that ended is moved aside, and the present one begins at zero. */
  const turn = (counter: UsageCounter, time: Millis): void => {
    const present = current(time)
    if (counter.month === present) return
    if (counter.pending > 0) left.push({ id: counter.id, month: counter.month, requests: counter.pending })
    counter.month = present
    counter.stored = 0
    counter.alone = 0
    counter.pending = 0
  }

  const flushLeft = async (failures: Failures): Promise<void> => {
    const waiting = [...Map.groupBy(left, ({ id, month: ended }) => recordOf(groupOf(id), ended))]
    left = []
    for (const [at, each] of waiting) {
      const adds = new Map<string, number>()
      for (const { id, requests } of each) adds.set(id, (adds.get(id) ?? 0) + requests)
      const written = await failures.past(async () => (await stored.add(at, adds)) !== undefined)
      if (written !== true) left.push(...each)
    }
  }

  /** The month may have turned while the write was under way; then the rest was moved aside whole. */
  const wrote = ({ counter, requests }: Taken, counted: string, total: number): void => {
    const { id, alone } = counter
    if (counter.month === counted) {
      counter.pending -= requests
      counter.stored = alone === undefined ? undefined : alone + total
      return
    }
    left = left.flatMap((each) =>
      each.id !== id || each.month !== counted
        ? [each]
        : each.requests > requests
          ? [{ ...each, requests: each.requests - requests }]
          : [],
    )
  }

  const flushOne = async ({ group, counters: waiting }: Waiting): Promise<void> => {
    const taken = waiting.flatMap((counter): readonly (Taken & { readonly month: string })[] =>
      counter.pending === 0 ? [] : [{ counter, requests: counter.pending, month: counter.month }],
    )
    for (const [counted, each] of Map.groupBy(taken, (one) => one.month)) {
      const adds = new Map(each.map(({ counter, requests }) => [counter.id, requests]))
      const counts = await stored.add(recordOf(group, counted), adds)
      if (counts !== undefined) for (const one of each) wrote(one, counted, counts[one.counter.id] ?? 0)
    }
  }

  const wait = (counter: UsageCounter, since: Millis): void => {
    if (counter.waits) return
    counter.waits = true
    const waiting = queue.get(counter.group)
    if (waiting === undefined) queue.set(counter.group, { group: counter.group, since, counters: [counter] })
    else waiting.counters.push(counter)
  }

  /** What could not be written waits again. */
  const flushThese = async (taken: readonly Waiting[]): Promise<void> => {
    const failures = openFailures()
    await flushLeft(failures)
    const waiting = [...taken]
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const one = next
        for (const counter of one.counters) counter.waits = false
        await failures.past(() => flushOne(one))
        for (const counter of one.counters) if (counter.pending > 0) wait(counter, now())
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    failures.tell()
  }

  const drop = async (tenantId: string): Promise<void> => {
    const counter = counters.get(tenantId)
    if (counter !== undefined) Object.assign(counter, { pending: 0, stored: undefined, alone: undefined })
    left = left.filter(({ id }) => id !== tenantId)
    await stored.drop(tenantId)
  }

  let flushing = Promise.resolve()
  /** One after the other: two writers of one count would only conflict, and what is forgotten must not be on its way. */
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const done = flushing.then(act)
    flushing = done.catch(() => undefined)
    return done
  }
  const take = (which: (waiting: Waiting, at: number) => boolean): readonly Waiting[] => {
    const taken: Waiting[] = []
    for (const waiting of queue.values()) {
      if (!which(waiting, taken.length)) break
      taken.push(waiting)
    }
    for (const { group } of taken) queue.delete(group)
    return taken
  }
  const isDue = ({ since }: Waiting, at: number): boolean => since <= now() - waitMillis && at < mostInSlice

  return {
    counter: counterOf,
    count: (counter, time = now()) => {
      turn(counter, time)
      counter.pending++
      if (!counter.waits) wait(counter, time)
    },
    known: (counter, time = now()) => {
      turn(counter, time)
      const { stored, pending } = counter
      return stored === undefined ? undefined : stored + pending
    },
    load: async (tenantId) => {
      const counter = counterOf(tenantId)
      turn(counter, now())
      const counted = counter.month
      const { alone, grouped } = await stored.load(tenantId, counted).catch((reason: unknown) => {
        if (isDamage(reason) && counter.month === counted) counter.stored ??= 0
        throw reason
      })
      if (counter.month !== counted) return counter.pending
      counter.alone = alone
      counter.stored = Math.max(counter.stored ?? 0, alone + grouped)
      return counter.stored + counter.pending
    },
    flushSlice: () => inTurn(() => flushThese(take(isDue))),
    flush: () => inTurn(() => flushThese(take(() => true))),
    forget: (tenantId) => inTurn(() => drop(tenantId)),
  }
}
