export type { Batch, ChangedLog, Clock, Journal, Landing, Snapshot, SnapshotToSave, StoredBatch } from './journal.ts'
export type { RecordKey, RecordOutcome, Records, RecordVersion, RecordWrite, StoredRecord } from './records.ts'
export type {
  ChainHash,
  Installation,
  KeyRing,
  LoadedSnapshot,
  LogHead,
  MasterKey,
  SealedLanding,
  SealedLog,
  SealedRecord,
  SealedRecords,
  SnapshotRow,
  TenantKey,
  Verification,
} from './sealing/face.ts'
