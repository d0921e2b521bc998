// One log on this node: its newest state, and the one queue through which it is written.
// Promise: an acknowledged commit was decided against exactly the state that it landed on.
import {
  failure,
  type Handle,
  KonfigError,
  type LogId,
  mayFollow,
  type Millis,
  raiseFloor,
  type Revision,
  rowsOf,
  type State,
} from '@konfig/core'
import type { LogHead, SealedLog } from '@konfig/journal'
import type { Ports } from '../ports.ts'
import { decideBatch, type Waiting, type WriteJob, type Written } from './decide-batch.ts'
import { applyCommits, beginTail, type Loaded } from './load.ts'
import { openTurns, type Turns } from './turns.ts'
import { nowhereElse, type Whereabouts } from './whereabouts.ts'

export interface HeldLog {
  readonly log: LogId
  readonly sealed: SealedLog
  readonly state: () => Handle
  readonly head: () => LogHead
  /** Rejects with the decision's refusal, `unavailable`, `outcome_unknown`, `overloaded`, `log_erased`. */
  readonly write: <T>(job: WriteJob<T>) => Promise<Written<T>>
  /** Reads all that others had appended when this was asked; answers the newest state. */
  readonly catchUp: () => Promise<Handle>
  readonly saveSnapshot: () => Promise<void>
  /** Bytes that have come in as commits since it was loaded, a measure for the next snapshot. */
  readonly commitsSinceSnapshot: () => number
}

const maximumWaiting = 4096
const maximumBatch = 256
/** A handle belongs to one request; after this long its revision may be cut. */
const handleMillis = 60_000

/** `moved` is told of every step forward, before any writer is; it must return soon and never throw. `turns` are shared with the node's other logs. */
export const holdLog = (
  sealed: SealedLog,
  loaded: Loaded,
  ports: Ports,
  moved: (log: LogId) => void = () => undefined,
  turns: Turns = openTurns(),
  whereabouts: Whereabouts = nowhereElse,
): HeldLog => {
  let state = loaded.state
  let head = loaded.head
  let snapshotAt = loaded.snapshot
  let saving = false
  const waiting: Waiting[] = []
  let turning: Promise<void> | undefined
  let reading: Promise<Handle> | undefined
  let readingNext: Promise<Handle> | undefined
  const recent: { readonly revision: Revision; readonly at: Millis }[] = []
  let keysAt = whereabouts.here(sealed.log)

  const advance = (next: Handle, nextHead: LogHead): void => {
    const now = ports.now()
    recent.push({ revision: state.revision, at: now })
    state = next
    head = nextHead
    moved(sealed.log)
    if (saving) return
    let floor: Revision | undefined
    while (recent[0] !== undefined && recent[0].at < now - handleMillis) floor = recent.shift()?.revision
    if (floor !== undefined) raiseFloor(state.table, floor + 1)
  }

  /** Whether anything may follow this state where the log is read and written now. */
  const hasPlaceIn = (at: State): boolean => mayFollow(at, whereabouts.here(sealed.log)).ok

  const readTail = async (): Promise<Handle> => {
    for (;;) {
      const from = head
      const tail = await sealed.read(from)
      // Our own append may have moved on meanwhile: then this tail is partly known, and is read again.
      if (head !== from) continue
      if (tail.commits.length === 0) {
        const { movedTo } = state
        if (movedTo === undefined || hasPlaceIn(state)) return state
        // It ended here. Its bytes are the same where it went, so this state is a state there, and its tail is read on.
        await whereabouts.follow(sealed.log, movedTo)
        continue
      }
      advance(applyCommits(beginTail(state, tail.begins), tail.commits), tail.head)
    }
  }

  const turn = async (): Promise<void> => {
    while (waiting.length > 0) {
      const begun = turns.begin()
      if (begun !== undefined) await begun
      const batch = waiting.splice(0, maximumBatch)
      try {
        for (let attempt = 0; ; attempt++) {
          if (!hasPlaceIn(state)) await catchUp()
          const here = whereabouts.here(sealed.log)
          if (here !== keysAt) {
            // A version that was made in its old place after it left is none of its own.
            await sealed.renew('elsewhere')
            keysAt = here
          }
          const from = head
          const { commits, settled } = await decideBatch(batch, {
            base: state,
            newest: () => state,
            attempt,
            ports,
            turns,
            hasPlaceIn,
          })
          // Who did not fit in is the first of the next turn: each is decided in the order asked.
          waiting.unshift(...batch.splice(settled.length))
          if (commits.length > 0) {
            const landing = await sealed.append(from, commits)
            turns.section()
            if (landing.landing !== 'landed') {
              if (landing.landing === 'erased') throw new KonfigError(failure('log_erased'))
              if (attempt >= 50) throw new KonfigError(failure('overloaded', { seconds: 1 }))
              await catchUp()
              continue
            }
            // A reader of the tail may have seen the batch first.
            if (head.revision === from.revision) advance(applyCommits(state, commits), landing.head)
          }
          for (const settle of settled) settle()
          break
        }
      } catch (reason) {
        for (const { reject } of batch) reject(reason)
        // What was appended is not known to this node: what is true is read before anybody decides again.
        await catchUp().catch(() => undefined)
      }
    }
    turning = undefined
  }

  const catchUp = (): Promise<Handle> => {
    if (reading === undefined) {
      reading = readTail().finally(() => {
        reading = undefined
      })
      return reading
    }
    // What is being read was asked for earlier, and may lack what has landed since: all who come meanwhile share the next.
    readingNext ??= reading
      .catch(() => undefined)
      .then(() => {
        readingNext = undefined
        return catchUp()
      })
    return readingNext
  }

  return {
    log: sealed.log,
    sealed,
    state: () => state,
    head: () => head,
    catchUp,
    commitsSinceSnapshot: () => head.revision - snapshotAt,
    write: <T>(job: WriteJob<T>): Promise<Written<T>> =>
      new Promise<Written<T>>((resolve, reject) => {
        if (waiting.length >= maximumWaiting) {
          reject(new KonfigError(failure('overloaded', { seconds: 1 })))
          return
        }
        waiting.push({ job, resolve: resolve as Waiting['resolve'], reject })
        turning ??= Promise.resolve().then(turn)
      }),
    saveSnapshot: async () => {
      if (saving) return
      saving = true
      const at = head
      try {
        await sealed.saveSnapshot(at, rowsOf(state))
        snapshotAt = at.revision
      } finally {
        saving = false
      }
    },
  }
}
