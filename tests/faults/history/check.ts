// Tells whether a history keeps the promises: every acknowledged commit present once, dense, in order; every read one that was true at its point.
// Pure: knows nothing of servers or faults.
import { checkLog } from './check-log.ts'
import { checkReads } from './check-reads.ts'
import { checkWrites } from './check-writes.ts'
import type { Finding, History } from './history.ts'

/** Empty where every promise was kept. */
export const check = (history: History): readonly Finding[] => [
  ...history.wrongs,
  ...checkLog(history),
  ...checkWrites(history),
  ...checkReads(history),
]
