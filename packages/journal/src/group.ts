// Group commit, for adapters of databases: batches that wait together share a statement, and so a transaction. Owns who waits; knows no SQL.
// Promise: the batches of one log go in the order in which they came, one at a time; other logs do not wait for them.
import type { LogId } from '@konfig/core'
import type { Batch, Landing } from './journal.ts'
import { Unknown } from './unknown.ts'

interface Waiting {
  readonly batch: Batch
  readonly resolve: (landing: Landing) => void
  readonly reject: (reason: unknown) => void
}

/** So many statements at once: one more hides the time that another waits for the disk, many would only share less. */
const lanes = 3
const groupCount = 256
const groupBytes = 1024 * 1024

export type Group = (batch: Batch) => Promise<Landing>

export const openGroup = (append: (batches: readonly Batch[]) => Promise<readonly Landing[]>): Group => {
  const waiting = new Map<LogId, Waiting[]>()
  const busy = new Set<LogId>()
  let running = 0
  let planned = false

  /** The first that waits of each log which is not being written; a large one goes alone. */
  const take = (): readonly Waiting[] => {
    const group: Waiting[] = []
    let bytes = 0
    for (const [log, [next]] of waiting) {
      if (next === undefined || busy.has(log)) continue
      bytes += next.batch.payload.byteLength
      if (group.length > 0 && bytes > groupBytes) break
      group.push(next)
      if (group.length === groupCount) break
    }
    for (const { batch } of group) {
      busy.add(batch.log)
      const rest = waiting.get(batch.log)
      rest?.shift()
      if (rest?.length === 0) waiting.delete(batch.log)
    }
    return group
  }

  const send = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const landings = await append(group.map(({ batch }) => batch))
      for (const [index, { resolve }] of group.entries()) resolve(landings[index] ?? 'unknown')
    } catch (error) {
      for (const { resolve, reject } of group) {
        if (error instanceof Unknown) resolve('unknown')
        else reject(error)
      }
    }
    running -= 1
    for (const { batch } of group) busy.delete(batch.log)
    plan()
  }

  const start = (): void => {
    planned = false
    while (running < lanes) {
      const group = take()
      if (group.length === 0) return
      running += 1
      void send(group)
    }
  }

  /** At the end of this turn of the event loop, so that those who come in it go together. */
  const plan = (): void => {
    if (planned || waiting.size === 0) return
    planned = true
    process.nextTick(start)
  }

  return (batch) =>
    new Promise((resolve, reject) => {
      const of = waiting.get(batch.log)
      const next = { batch, resolve, reject }
      if (of === undefined) waiting.set(batch.log, [next])
      else of.push(next)
      plan()
    })
}
