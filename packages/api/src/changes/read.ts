// Reads one commit with what it changed.
import { readCommit } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { commitFields, Difference } from './shapes.ts'

export const Revision = Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'A revision, from 1.' })

export const getCommit = operation({
  route: 'GET /commits/{revision}',
  summary: 'Read a commit',
  description:
    'With each resource before and after. Governance is named and never shown; what you may not read is counted.',
  tag: 'Changes',
  guard: 'config:read',
  side: 'tenant',
  path: Type.Object({ revision: Revision }, { additionalProperties: false }),
  answer: Type.Object(
    { ...commitFields, diff: Type.Array(Difference), hidden: Type.Integer() },
    { additionalProperties: false },
  ),
  refuses: ['revision_not_found', 'too_large', 'denied'],
  example: { path: { revision: '1' } },
  run: async (context, { path }) => ({ body: await readCommit(context, Number(path.revision)) }),
})
