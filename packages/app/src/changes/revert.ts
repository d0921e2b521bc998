// Reverts one commit: its resources as they were before it, as a new commit.
import { type OnConflict, type Revision, revertAims } from '@konfig/core'
import type { Context } from '../context.ts'
import { beforeOf } from './before.ts'
import { carryOut, type Undone } from './undo.ts'
import { commitAt } from './versions.ts'

export interface AskedRevert {
  readonly revision: Revision
  readonly onConflict?: OnConflict | undefined
  readonly ifRevision?: number | undefined
}

/** Also refuses `revision_not_found`. */
export const revertCommit = async (context: Context, asked: AskedRevert): Promise<Undone> => {
  const reverted = await commitAt(context.log, asked.revision)
  const before = await beforeOf(context, reverted)
  return carryOut(context, {
    origin: 'revert',
    of: String(asked.revision),
    onConflict: asked.onConflict ?? 'fail',
    ifRevision: asked.ifRevision,
    aimsOn: (state) => revertAims(reverted, before, state),
  })
}
