// A client that reads all values of the namespace: now, no earlier than what somebody was told of, or as of a revision of the past.
import type { Random } from '../random.ts'
import type { Life } from './node.ts'
import type { Record } from './record.ts'
import { type Ask, problemOf, requestOf, revisionOf } from './request.ts'
import { environment, namespace } from './tenant.ts'

export interface Reading {
  readonly ask: Ask
  readonly record: Record
  readonly random: Random
  /** Nothing was there before this revision. */
  readonly before: number
  /** The platform's part of every point: nobody writes to it. */
  readonly platform: number
}

const kinds = ['newest', 'newest', 'newest', 'at least', 'at least', 'past'] as const

export const read = async ({ ask, record, random, before, platform }: Reading, life: Life): Promise<void> => {
  const kind = random.pick(kinds)
  const most = Math.max(record.most(), before)
  const at = kind === 'past' ? random.between(Math.max(before, most - 200), most) : undefined
  const atLeast = kind === 'at least' ? most : undefined
  const begun = record.now()
  const outcome = await ask(life, {
    method: 'GET',
    path: `/values/${namespace}?environment=${environment}${at === undefined ? '' : `&at=${at}`}`,
    ...(atLeast === undefined ? {} : { headers: { 'konfig-min-point': `${platform}-${atLeast}` } }),
  })
  if (outcome.outcome !== 'answer') return
  const { status, json, headers } = outcome
  if (status === 200) {
    const { values } = json as { readonly values: { readonly [namespace: string]: { readonly [key: string]: string } } }
    record.read({
      begun,
      ended: record.now(),
      process: life.process,
      ...requestOf(outcome),
      revision: at ?? revisionOf(headers),
      values: values[namespace] ?? {},
      ...(at === undefined ? {} : { at }),
      ...(atLeast === undefined ? {} : { atLeast }),
    })
    return
  }
  const code = problemOf(json)
  if (status === 503 && headers.has('retry-after')) return
  const what = `${life.process}: a read ${at ?? atLeast ?? ''} was answered ${status} ${code}: ${JSON.stringify(json)}`
  // Somebody was told of this revision, and a node says that there is none.
  record.wrong({ rule: code === 'point_ahead' || code === 'revision_not_found' ? 'lost' : 'broken', what })
}
