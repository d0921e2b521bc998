// Restores configuration as of an earlier moment.
import { restoreTo } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { IfRevision, Moment, Name, OnConflict, Undone } from './shapes.ts'

export const postRestore = operation({
  route: 'POST /restore',
  summary: 'Restore configuration',
  description:
    'Brings a namespace, what is set in an environment, or all configuration back to an earlier moment, as a new commit.',
  tag: 'Changes',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  body: Type.Object(
    {
      to: Moment,
      scope: Type.Object(
        {
          namespace: Type.Optional(Name),
          environment: Type.Optional(Name),
          tenant: Type.Optional(Type.Literal(true)),
        },
        { additionalProperties: false, description: 'Exactly one of them.' },
      ),
      onConflict: Type.Optional(OnConflict),
      ifRevision: Type.Optional(IfRevision),
    },
    { additionalProperties: false },
  ),
  answer: Undone,
  refuses: [
    'undo_blocked',
    'revision_not_found',
    'resource_not_found',
    'malformed_request',
    'precondition_required',
    'revision_moved',
    'denied',
    'too_large',
  ],
  example: { body: { to: '1', scope: { namespace: 'billing' }, onConflict: 'skip' } },
  run: async (context, { body }) => ({ body: await restoreTo(context, body) }),
})
