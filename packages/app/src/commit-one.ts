// Writes of one resource that take others with them (its overrides, what a namespace holds): refused in the terms of what was asked for.
import { codes, type Failure, KonfigError } from '@konfig/core'
import { commit, type CommitOptions, type Committed, type Plan } from './commit.ts'
import type { Context } from './context.ts'

/** The caller asked for one change and knows no list: the first thing that stands in the way is the refusal, all of them are named. */
const asOne = (reason: Failure): Failure => {
  const [first] = reason.errors ?? []
  if (reason.code !== 'changes_rejected' || first === undefined) return reason
  const errors = (reason.errors ?? []).map(({ code, detail, pointer }) => ({
    code,
    detail,
    ...(pointer === undefined ? {} : { pointer }),
  }))
  return { code: first.code, category: codes[first.code].category, detail: first.detail, data: {}, errors }
}

export const commitOne = (context: Context, plan: Plan, options?: CommitOptions): Promise<Committed> =>
  commit(context, plan, options).catch((reason: unknown) => {
    throw reason instanceof KonfigError ? new KonfigError(asOne(reason.failure), { cause: reason }) : reason
  })
