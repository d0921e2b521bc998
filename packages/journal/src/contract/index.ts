// The contract suites of both ports: an adapter is done when both pass whole. One call each, no way to leave anything out.
import { beforeEach, describe } from 'vitest'
import { appendRules } from './append.ts'
import { changesRules } from './changes.ts'
import { expiryRules, listRules, recordFaultRules } from './collection.ts'
import { eraseRules } from './erase.ts'
import { faultRules } from './faults.ts'
import { raceRules } from './race.ts'
import { readRules } from './read.ts'
import { putRules } from './record.ts'
import { snapshotRules } from './snapshot.ts'
import { benchOf, type JournalSubject, type RecordsSubject } from './subject.ts'
import { trimRules } from './trim.ts'

export { codeOf } from './batches.ts'
export { keyStoreContract, type KeyStoreSubject } from './key-store.ts'
export { masterKeyContract, type MasterKeySubject } from './master-key.ts'
export { openingContract, type Refusal, refusalOf, tablesContract } from './opening.ts'
export { outageContract } from './outage.ts'
export type { JournalSubject, RecordsSubject } from './subject.ts'

export const journalContract = (name: string, subject: JournalSubject): void => {
  describe(`journal contract: ${name}`, () => {
    const bench = benchOf(subject, subject.open)
    for (const rules of [
      appendRules,
      raceRules,
      readRules,
      changesRules,
      snapshotRules,
      trimRules,
      eraseRules,
      faultRules,
    ])
      rules(bench)
  })
}

export const recordsContract = (name: string, subject: RecordsSubject): void => {
  describe(`records contract: ${name}`, () => {
    const start = Date.UTC(2030, 0, 1)
    const time = { now: start }
    beforeEach(() => {
      time.now = start
    })
    const bench = benchOf(subject, (patience) => subject.open({ now: () => time.now }, patience))
    putRules(bench)
    expiryRules(bench, time)
    listRules(bench)
    recordFaultRules(bench)
  })
}
