// What the main thread and the worker say to each other. Types only: the worker imports nothing else of this project.
import type { LogId, Millis, Revision } from '@konfig/core'
import type {
  Batch,
  ChangedLog,
  Landing,
  RecordKey,
  RecordOutcome,
  RecordWrite,
  StoredBatch,
  StoredRecord,
} from '@konfig/journal'

/** Every operation: what it is given, and what it answers. */
export interface Operations {
  append: { given: readonly Batch[]; answer: readonly Landing[] }
  read: { given: { log: LogId; after: Revision; limit: number }; answer: readonly StoredBatch[] | 'erased' }
  head: { given: LogId; answer: Revision | 'erased' }
  changedSince: { given: string | undefined; answer: { changed: readonly ChangedLog[]; cursor: string } }
  startSnapshot: { given: { log: LogId; revision: Revision; now: Millis }; answer: number }
  addPart: { given: { snapshot: number; position: number; bytes: Uint8Array }; answer: undefined }
  /** Makes it whole in place of one of the same revision; answers the revisions that are whole now. */
  finishSnapshot: { given: { log: LogId; snapshot: number; parts: number }; answer: readonly Revision[] }
  retireSnapshots: { given: { log: LogId; revisions: readonly Revision[] }; answer: undefined }
  dropSnapshot: { given: number; answer: undefined }
  /** Deletes a little of what is superseded; answers whether there is more. */
  tidySnapshots: { given: undefined; answer: boolean }
  findSnapshot: {
    given: { log: LogId; notAfter: Revision }
    answer: { snapshot: number; revision: Revision; parts: number } | undefined
  }
  readParts: { given: { snapshot: number; from: number }; answer: readonly Uint8Array[] }
  trim: { given: { log: LogId; before: Revision; checkpoint: Uint8Array }; answer: boolean }
  erase: { given: LogId; answer: undefined }
  health: { given: undefined; answer: undefined }
  getRecord: { given: { key: RecordKey; now: Millis }; answer: StoredRecord | undefined }
  putRecord: { given: { write: RecordWrite; now: Millis }; answer: RecordOutcome }
  deleteRecord: { given: { key: RecordKey; expected: string; now: Millis }; answer: RecordOutcome }
  listRecords: {
    given: { collection: string; prefix: string; after: string; limit: number; now: Millis }
    answer: readonly StoredRecord[]
  }
  sweepRecords: { given: Millis; answer: number }
}

export type Operation = keyof Operations

/** `close`: finish what came before, then let go. `watch`: whether somebody wants to hear of other writers. */
export type Request =
  | {
      [O in Operation]: { readonly id: number; readonly operation: O; readonly given: Operations[O]['given'] }
    }[Operation]
  | { readonly id: 0; readonly operation: 'close' }
  | { readonly id: 0; readonly operation: 'watch'; readonly given: boolean }

/** `nothing`: nothing was stored. `unknown`: that cannot be told. `damaged`: the file is not as SQLite wrote it. `wrong`: the call could never succeed. */
export type Fault = 'nothing' | 'unknown' | 'damaged' | 'wrong'

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly fault: Fault; readonly text: string }

export type FromWorker =
  | { readonly type: 'answers'; readonly answers: readonly Answer[] }
  | { readonly type: 'changed' }
  | { readonly type: 'ready' }
  | { readonly type: 'closed' }
  | {
      readonly type: 'refused'
      readonly reason: 'newer' | 'damaged' | 'unusable'
      readonly text: string
      readonly found: number
    }

export interface WorkerStart {
  readonly path: string
  readonly patience: Millis
  /** One counter: raised after each post, so that the worker can sleep on it. */
  readonly signal: SharedArrayBuffer
}

export type Handlers<O extends Operation> = {
  readonly [K in O]: (given: Operations[K]['given']) => Operations[K]['answer']
}
