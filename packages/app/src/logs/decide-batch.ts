// Decides what waits for one log, as one batch: each on what the one before it leaves. Knows nothing of where it is stored.
import {
  type ActorId,
  type Change,
  type Commit,
  evolve,
  type Handle,
  KonfigError,
  type Millis,
  type Origin,
  overlay,
  type Result,
  type Revision,
  type State,
  stateAfter,
  type Steps,
} from '@konfig/core'
import type { Ports } from '../ports.ts'
import type { Turns } from './turns.ts'

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

export interface Waiting {
  readonly job: WriteJob<unknown>
  readonly resolve: (written: Written<unknown>) => void
  readonly reject: (reason: unknown) => void
}

/** A decision that came too late so often, because others appended meanwhile, is made in one go. */
const patientAttempts = 3

export interface Deciding {
  /** What was the newest state when this began. */
  readonly base: Handle
  /** Read when writers are told. */
  readonly newest: () => Handle
  /** How often the batch came too late before. */
  readonly attempt: number
  readonly ports: Ports
  readonly turns: Turns
  /** Whether anything may follow this state where the log is. */
  readonly hasPlaceIn: (state: State) => boolean
}

export interface DecidedBatch {
  readonly commits: readonly Commit[]
  /** How to tell each writer, in order, once the commits are durable: as many as a turn took. */
  readonly settled: readonly (() => void)[]
}

/** Others have their turn between the steps of a long decision, unless it came too late for that more than once. */
const decideOne = async (
  { decide }: WriteJob<unknown>,
  on: State,
  time: Millis,
  { attempt, turns }: Deciding,
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
 * Decides who waits, in order, on a tentative state above `base`, as many as a turn takes; answers the commits
 * and how to tell each writer.
 */
export const decideBatch = async (batch: readonly Waiting[], deciding: Deciding): Promise<DecidedBatch> => {
  const { base, newest, ports, turns, hasPlaceIn } = deciding
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
      decided = await decideOne(job, tentative, time, deciding)
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
          state: commits.length === 0 ? base : stateAfter(newest(), commits.at(-1) as Commit),
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
    settled.push(() => resolve({ answer, commit, state: stateAfter(newest(), commit) }))
  }
  return { commits, settled }
}
