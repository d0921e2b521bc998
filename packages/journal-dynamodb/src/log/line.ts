// Sends the batches of one log in the order in which they came, one at a time; other logs do not wait for them. Knows nothing of what is sent.
import type { LogId } from '@konfig/core'
import { type Batch, type Group, type Landing, Unknown } from '@konfig/journal'

export const openLine = (append: (batch: Batch) => Promise<Landing>): Group => {
  const lasts = new Map<LogId, Promise<unknown>>()
  const told = (batch: Batch): Promise<Landing> =>
    append(batch).catch((error: unknown) => {
      if (error instanceof Unknown) return 'unknown'
      throw error
    })
  return (batch) => {
    const before = lasts.get(batch.log)
    const mine = before === undefined ? told(batch) : before.then(() => told(batch))
    const over: Promise<void> = mine.then(
      () => undefined,
      () => undefined,
    )
    lasts.set(batch.log, over)
    void over.then(() => {
      if (lasts.get(batch.log) === over) lasts.delete(batch.log)
    })
    return mine
  }
}
