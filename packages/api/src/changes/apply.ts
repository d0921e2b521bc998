// Applies a list of changes as one commit: all of them or none.
import { applyChanges, type AskedChanges } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { IfRevision, Manifest } from './shapes.ts'

const Change = Type.Object(
  {
    op: Type.Union([Type.Literal('put'), Type.Literal('delete')]),
    resource: Manifest,
    ifVersion: Type.Optional(
      Type.Integer({ minimum: 0, description: 'The version that is expected; 0: nothing is there.' }),
    ),
  },
  { additionalProperties: false },
)

export const ChangeList = Type.Object(
  {
    message: Type.Optional(Type.String({ maxLength: 1000 })),
    ifRevision: Type.Optional(IfRevision),
    changes: Type.Array(Change, { minItems: 1 }),
  },
  { additionalProperties: false },
)

export const postChanges = operation({
  route: 'POST /changes',
  summary: 'Apply changes',
  description: 'Puts and deletes resources given as manifests, at most 10,000, as one commit: all of them or none.',
  tag: 'Changes',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  body: ChangeList,
  answer: Type.Object(
    {
      revision: Type.Integer(),
      commit: Type.Union([Type.String(), Type.Null()], { description: 'null: nothing had to change, or a dry run.' }),
      results: Type.Array(
        Type.Object(
          { kind: Type.String(), name: Type.String(), version: Type.Integer() },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  status: 201,
  refuses: [
    'changes_rejected',
    'precondition_failed',
    'precondition_required',
    'revision_moved',
    'denied',
    'too_large',
  ],
  example: {
    body: {
      message: 'One more try',
      changes: [
        {
          op: 'put',
          resource: {
            kind: 'config',
            metadata: { name: 'retry-delay', namespace: 'billing' },
            spec: { type: 'number', value: 250 },
          },
        },
      ],
    },
  },
  run: async (context, { body }) => ({ status: 201, body: await applyChanges(context, body as AskedChanges) }),
})
