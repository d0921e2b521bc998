export type { Batch, ChangedLog, Clock, Journal, Landing, Snapshot, SnapshotToSave, StoredBatch } from './journal.ts'
export type { Cache } from './cache.ts'
export { readKept, writeKept } from './kept/form.ts'
export { type Recorder, recordReading } from './kept/recorder.ts'
export { keptView } from './kept/view.ts'
export { type Channel, joinChannels, type Listeners, openListeners } from './channel.ts'
export type { RecordKey, RecordOutcome, Records, RecordVersion, RecordWrite, StoredRecord } from './records.ts'
export type {
  ChainHash,
  Checkpoint,
  Installation,
  KeyRing,
  KeyRings,
  KeyVersion,
  LoadedSnapshot,
  LogHead,
  MasterKey,
  Masters,
  SealedLanding,
  SealedLog,
  SealedRecord,
  SealedRecords,
  SnapshotRow,
  TenantKey,
  Verification,
} from './sealing/face.ts'
export { type MasterFor, openArchive, sealArchive } from './sealing/archive.ts'
export { adoptInstallation, hasInstallation, openInstallation } from './sealing/installation.ts'
export { type Keeper, openKeeper } from './sealing/keeper.ts'
export { type KeyStore, localKeyStore, watchMaster } from './sealing/key-store.ts'
export { type Keeping, masterMissing, type PreviousMaster } from './sealing/masters.ts'
export { logsLacking, type Rewrap, rewrapInstallation, type Rewrapped } from './sealing/rewrap.ts'
export { emptyHead } from './sealing/batch.ts'
export { type NewCheckpoint, readCheckpoint, signCheckpoint } from './sealing/checkpoint.ts'
export { type KeptHead, type ReadHead, readHead, signHead } from './sealing/head.ts'
export { openLog } from './sealing/log.ts'
export { localMasterKey, passphraseMasterKey, type Stretching, stretchingOf } from './sealing/master.ts'
export { openRecord, sealedRecords } from './sealing/records.ts'
export { openKeyRings } from './sealing/rings.ts'
export { isSignedBy, type PublicKey, readPublicKey, type Signing, signingOf } from './sealing/signing.ts'
export { type Trim, type Trimmed, trimLog } from './sealing/trim.ts'
export { type Proof, verifyLog } from './sealing/verify.ts'
export { checkBatches, checkKey, checkLog, checkPart, checkWrite, maxRead } from './limits.ts'
export { superseded } from './snapshot/keep.ts'
export { type Group, openGroup } from './group.ts'
export { CannotOpen } from './servers/cannot-open.ts'
export { type KnownEnds, rememberEnds } from './servers/ends.ts'
export { type Followers, lookOften, openFollowers } from './servers/followers.ts'
export { firstOf, type InTurn, inTurn, urlsOf } from './servers/hosts.ts'
export { type Lifetime, openLifetime } from './servers/lifetime.ts'
export type { Opened } from './servers/opened.ts'
export { isNetworkError, prepare, type ServerOptions } from './servers/prepare.ts'
export {
  connectionsIn,
  readServerUrl,
  type ServerLocation,
  serverName,
  type ServerTls,
  warningsOfClear,
} from './servers/url.ts'
export { speaksPlain, speaksTls, tlsWords } from './servers/tls-probe.ts'
export { unavailable } from './unavailable.ts'
export { lateStore, type LateStore, type Stored } from './places/late.ts'
export { diagnoseRecord } from './sealing/diagnose.ts'
export { type Left, leftFor } from './places/left.ts'
export { isPlace, knownPlace, placeOf } from './places/place.ts'
export { mainJournal, spreadJournal, spreadRings } from './places/spread.ts'
export { chainOfLog, copyLog, copySnapshot, copyTail, type Ends } from './copy/copy-log.ts'
export { beginCopy, type CopyTarget, finishCopy, lookAtTarget } from './copy/begin-copy.ts'
export { eraseStore } from './copy/erase-store.ts'
export {
  type CopiedRecords,
  dropCopied,
  readCopied,
  saveCopied,
  settleRecords,
} from './copy/settle-records.ts'
export { copyCollection, copyRecord, everyStored, replaceRecord } from './copy/copy-records.ts'
export { askAgain, Unknown } from './unknown.ts'
export { type Bell, checkedJournal, groupedJournal } from './grouped.ts'
export { inSlices, inTurns, openSlices } from './slices.ts'
