// A client that writes: the same request under one Idempotency-Key until somebody acknowledges it, to whichever node there is.
import { setTimeout as wait } from 'node:timers/promises'
import type { Attempt, Told } from '../history/history.ts'
import type { Random } from '../random.ts'
import type { Life } from './node.ts'
import type { Record } from './record.ts'
import { type Ask, type Outcome, problemOf, requestOf } from './request.ts'
import { namespace } from './tenant.ts'

export interface Writing {
  readonly ask: Ask
  readonly record: Record
  readonly random: Random
  /** A node that listens, if there is one. */
  readonly anybody: () => Life | undefined
  readonly stopped: () => boolean
}

/** Somebody else was faster, or the key is being worked on: nothing was stored by this request, which is all right. */
const expected = ['precondition_failed', 'version_moved', 'idempotency_in_flight', 'rate_limited']
const patienceMillis = 20_000

interface Acknowledgement {
  readonly revision: number
  readonly commit: string
  readonly results: readonly { readonly name: string; readonly version: number }[]
}

const toldBy = (outcome: Outcome): Told & { readonly wrong?: string } => {
  if (outcome.outcome === 'not sent') return { told: 'refused', why: outcome.why }
  if (outcome.outcome === 'no answer') return { told: 'unknown', why: outcome.why }
  const { status, json, headers } = outcome
  if (status === 201) {
    const { revision, commit } = json as Acknowledgement
    return { told: 'acknowledged', revision, commit }
  }
  const why = problemOf(json)
  if (status === 503)
    return {
      told: why === 'outcome_unknown' ? 'unknown' : 'refused',
      why,
      ...(headers.has('retry-after') ? {} : { wrong: `503 ${why} without Retry-After` }),
    }
  if (expected.includes(why)) return { told: 'refused', why }
  return {
    told: status >= 500 ? 'unknown' : 'refused',
    why,
    wrong: `a write was answered ${status} ${why}: ${JSON.stringify(json)}`,
  }
}

export interface Wanted {
  readonly label: string
  readonly keys: readonly string[]
  readonly ifVersion?: number
}

const bodyOf = ({ label, keys, ifVersion }: Wanted) => ({
  message: label,
  changes: keys.map((name, index) => ({
    op: 'put',
    resource: { kind: 'config', metadata: { name, namespace }, spec: { type: 'string', value: label } },
    ...(index === 0 && ifVersion !== undefined ? { ifVersion } : {}),
  })),
})

/** Answers once it is settled, given up, or nobody can be asked any more. Some give up where they are not acknowledged at once: what became of it the log tells. */
export const write = async ({ ask, record, random, anybody, stopped }: Writing, wanted: Wanted): Promise<void> => {
  const attempts: Attempt[] = []
  const givesUp = random.chance(0.15)
  const body = bodyOf(wanted)
  const until = record.now() + patienceMillis
  while (record.now() < until) {
    const life = anybody()
    if (life === undefined) {
      if (stopped()) break
      await wait(50)
      continue
    }
    const begun = record.now()
    const outcome = await ask(life, {
      method: 'POST',
      path: '/changes',
      body,
      headers: { 'idempotency-key': wanted.label },
    })
    const { wrong, ...told } = toldBy(outcome)
    attempts.push({ ...told, begun, ended: record.now(), process: life.process, ...requestOf(outcome) })
    if (wrong !== undefined) record.wrong({ rule: 'broken', what: `${life.process}: ${wrong}` })
    if (told.told === 'acknowledged') {
      record.told(told.revision)
      if (outcome.outcome === 'answer')
        for (const { name, version } of (outcome.json as Acknowledgement).results) record.versions.set(name, version)
      break
    }
    // Final: another version is there, and always will be.
    if (told.why === 'precondition_failed' || wrong !== undefined) break
    if (givesUp) break
    await wait(random.between(20, 200))
  }
  if (attempts.length > 0) record.write({ ...wanted, attempts })
}
