export type { Batch, Clock, Journal, Landing, Snapshot } from './journal.ts'
export type { RecordKey, Records, RecordWrite, StoredRecord } from './records.ts'
