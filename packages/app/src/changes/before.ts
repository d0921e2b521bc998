// What the resources of a commit held before it, by the links that each change carries. Reads the log, never the newest state.
import { addressOf, type Change, type Commit, type Content, contentOf, spaceOf } from '@konfig/core'
import type { Context } from '../context.ts'
import { changeIn, commitAt } from './versions.ts'

/** Beyond so many earlier commits, one past state is cheaper than reading each. */
const fewReads = 64

export type Before = (change: Change) => Content | undefined

/** Answers for changes of that commit only. */
export const beforeOf = async ({ app, log }: Pick<Context, 'app' | 'log'>, commit: Commit): Promise<Before> => {
  const earlier = new Set(commit.changes.flatMap(({ previous }) => (previous === 0 ? [] : [previous])))
  if (earlier.size > fewReads) {
    const state = await app.past.at(log, commit.revision - 1)
    return (change) => contentOf(state.get(spaceOf(change), change.name))
  }
  const commits = new Map<number, Commit>()
  for (const revision of earlier) commits.set(revision, await commitAt(log, revision))
  const known = new Map<string, Content | undefined>()
  for (const change of commit.changes) {
    const made = commits.get(change.previous)
    const found = made === undefined ? undefined : changeIn(made, change)
    known.set(addressOf(change), found?.op === 'put' ? { body: found.body, labels: found.labels } : undefined)
  }
  return (change) => known.get(addressOf(change))
}
