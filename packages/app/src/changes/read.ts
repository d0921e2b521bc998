// Reads one commit with what it changed: each resource before and after. Owns what of it is shown, and to whom.
import {
  type Change,
  denied,
  everywhere,
  failure,
  type Identity,
  identityOf,
  type Json,
  kinds,
  KonfigError,
  type Revision,
} from '@konfig/core'
import type { Context } from '../context.ts'
import { openPageRoom } from '../page-bytes.ts'
import { type Before, beforeOf } from './before.ts'
import { type CommitSummary, isHidden, readableChanges, summaryOf } from './list.ts'
import { mayRead } from './readable.ts'
import { commitAt } from './versions.ts'

export interface Difference extends Identity {
  readonly op: 'create' | 'update' | 'delete'
  /** null: it was not there, or `hidden`. */
  readonly before: Json
  readonly after: Json
  /** Governance is named, never shown: its bodies hold hashes and rights. */
  readonly hidden?: true
}

export interface CommitView extends Omit<CommitSummary, 'changes'> {
  readonly diff: readonly Difference[]
  /** Changes that the caller may not read. */
  readonly hidden: number
}

const differenceOf = (change: Change, before: Before): Difference => {
  const was = before(change)
  const op = change.op === 'delete' ? 'delete' : was === undefined ? 'create' : 'update'
  if (kinds[change.kind].group === 'governance')
    return { ...identityOf(change), op, before: null, after: null, hidden: true }
  return { ...identityOf(change), op, before: was?.body ?? null, after: change.op === 'put' ? change.body : null }
}

/** A commit is one answer: of one that is too large, `GET /diff` shows the same page by page. */
const tooLarge = failure('too_large', {
  what: 'The commit with what it changed',
  limit: '32 MiB in one answer: ask for the diff',
})

/** Refuses `revision_not_found`, `too_large`, and `denied` where the caller may read nothing of it. */
export const readCommit = async (context: Context, revision: Revision): Promise<CommitView> => {
  const commit = await commitAt(context.log, revision)
  const readable = readableChanges(context, commit)
  if (isHidden(commit, readable)) throw new KonfigError(denied({ permission: 'config:read', place: everywhere }))
  const before = await beforeOf(context, { ...commit, changes: readable })
  const shown = readable.filter((change) => mayRead(context, change, before(change)?.body))
  const { changes: _, ...summary } = summaryOf(commit, shown)
  const diff: Difference[] = []
  const fits = openPageRoom()
  for (const change of shown) {
    const difference = differenceOf(change, before)
    if (!fits(difference)) throw new KonfigError(tooLarge)
    diff.push(difference)
  }
  return {
    ...summary,
    diff,
    hidden: commit.changes.length - shown.length,
  }
}
