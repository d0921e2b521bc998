// One log on this node: its newest state, and the one queue through which it is written.
// Promise: an acknowledged commit was decided against exactly the state that it landed on.
import {
  type ActorId,
  type Change,
  type Commit,
  evolve,
  failure,
  type Handle,
  KonfigError,
  type LogId,
  mayFollow,
  type Millis,
  type Origin,
  overlay,
  type PlaceId,
  raiseFloor,
  type Result,
  type Revision,
  rowsOf,
  type State,
  stateAfter,
  type Steps,
} from '@konfig/core'
import type { LogHead, SealedLog } from '@konfig/journal'
import type { Ports } from '../ports.ts'
import { applyCommits, beginTail, type Loaded } from './load.ts'
import { openTurns, type Turns } from './turns.ts'

/** What a writer asks of a log: a decision that can be taken again on a newer state, and what the commit will say of itself. */
export interface WriteJob<T> {
  readonly actor: ActorId
  readonly origin: Origin
  readonly message?: string | undefined
  readonly idempotency?: { readonly key: string; readonly request: string } | undefined
  /** Called in order, possibly again after a conflict; must not wait and must not keep the state. Long ones come in steps. */
  readonly decide: (state: State, time: Millis) => Result<Decision<T>> | Steps<Result<Decision<T>>>
}

export interface Decision<T> {
  readonly changes: readonly Change[]
  /** The platform revision that this was decided against. */
  readonly platform: Revision
  /** A fact for the log itself, for a commit that changes no resource (access logs). */
  readonly note?: Commit['note']
  readonly answer: T
}

export interface Written<T> {
  readonly answer: T
  /** undefined: nothing had to change, so there is no commit. */
  readonly commit: Commit | undefined
  /** The state after it. */
  readonly state: State
}

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

/** Where a log is, and turning to where it went. */
export interface Whereabouts {
  readonly here: (log: LogId) => PlaceId | undefined
  readonly follow: (log: LogId, to: PlaceId) => Promise<void>
}

/** One store for all logs, which none of them leaves. */
const nowhereElse: Whereabouts = {
  here: () => undefined,
  follow: async () => {
    throw new KonfigError(failure('moved_away', { seconds: 2 }))
  },
}

interface Waiting {
  readonly job: WriteJob<unknown>
  readonly resolve: (written: Written<unknown>) => void
  readonly reject: (reason: unknown) => void
}

const maximumWaiting = 4096
const maximumBatch = 256
/** A decision that came too late so often, because others appended meanwhile, is made in one go. */
const patientAttempts = 3
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
  /** Where its keys are from. */
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

  /** Others have their turn between the steps of a long decision, unless it came too late for that more than once. */
  const decideOne = async (
    { decide }: WriteJob<unknown>,
    on: State,
    time: Millis,
    attempt: number,
  ): Promise<Result<Decision<unknown>>> => {
    const given = decide(on, time)
    if ('ok' in given) return given
    let end = performance.now() + turns.slice()
    for (;;) {
      const { done, value } = given.next()
      if (done === true) return value
      if (performance.now() < end || attempt >= patientAttempts) continue
      await turns.pause()
      end = performance.now() + turns.slice()
    }
  }

  /**
   * Decides who waits, in order, on a tentative state above what was the newest when it began, as many as a turn takes; answers the commits
   * and how to tell each writer.
   */
  const decideAll = async (batch: readonly Waiting[], attempt: number) => {
    const base = state
    let tentative = overlay(base)
    let undone: Commit | undefined
    const commits: Commit[] = []
    const settled: (() => void)[] = []
    const end = performance.now() + turns.longest()
    for (const { job, resolve, reject } of batch) {
      if (undone !== undefined) tentative = evolve(tentative, undone)
      undone = undefined
      if (settled.length > 0 && (performance.now() > end || !hasPlaceIn(tentative))) break
      const time = Math.max(ports.now(), tentative.time)
      let decided: Result<Decision<unknown>>
      try {
        decided = await decideOne(job, tentative, time, attempt)
      } catch (reason) {
        settled.push(() => reject(reason))
        continue
      }
      if (!decided.ok) {
        const { failure: reason } = decided
        settled.push(() => reject(new KonfigError(reason)))
        continue
      }
      const { changes, platform, answer, note } = decided.value
      if (changes.length === 0 && note === undefined) {
        settled.push(() =>
          resolve({
            answer,
            commit: undefined,
            state: commits.length === 0 ? base : stateAfter(state, commits.at(-1) as Commit),
          }),
        )
        continue
      }
      const commit: Commit = {
        id: ports.newId(),
        revision: tentative.revision + 1,
        time,
        actor: job.actor,
        origin: job.origin,
        platform: Math.max(platform, tentative.platform),
        changes,
        ...(note === undefined ? {} : { note }),
        ...(job.message === undefined ? {} : { message: job.message }),
        ...(job.idempotency === undefined ? {} : { idempotency: job.idempotency }),
      }
      undone = commit
      commits.push(commit)
      settled.push(() => resolve({ answer, commit, state: stateAfter(state, commit) }))
    }
    return { commits, settled }
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
          const { commits, settled } = await decideAll(batch, attempt)
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
