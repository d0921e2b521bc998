// Reverts one commit.
import { revertCommit } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { Revision } from './read.ts'
import { IfRevision, OnConflict, Undone } from './shapes.ts'

export const postRevert = operation({
  route: 'POST /commits/{revision}/revert',
  summary: 'Revert a commit',
  description: 'Puts the resources of a commit back as they were before it, as a new commit. Configuration only.',
  tag: 'Changes',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  path: Type.Object({ revision: Revision }, { additionalProperties: false }),
  query: Type.Object(
    { onConflict: Type.Optional(OnConflict), ifRevision: Type.Optional(IfRevision) },
    { additionalProperties: false },
  ),
  answer: Undone,
  refuses: ['undo_blocked', 'not_undoable', 'revision_not_found', 'precondition_required', 'revision_moved', 'denied'],
  example: { path: { revision: '1' }, query: { onConflict: 'skip' } },
  run: async (context, { path, query }) => ({
    body: await revertCommit(context, {
      revision: Number(path.revision),
      onConflict: query.onConflict,
      ifRevision: query.ifRevision,
    }),
  }),
})
