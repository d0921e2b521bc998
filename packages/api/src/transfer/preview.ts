// Says what changes would do, without making them. Beside a dry run, which only says whether they may be made.
import { type AskedChanges, previewChanges } from '@konfig/app'
import Type from 'typebox'
import { ChangeList } from '../changes/apply.ts'
import { identity } from '../changes/shapes.ts'
import { operation } from '../operation.ts'

const closed = { additionalProperties: false } as const
const Op = Type.Union([
  Type.Literal('create'),
  Type.Literal('update'),
  Type.Literal('delete'),
  Type.Literal('none', { description: 'It is so already.' }),
])

const Last = Type.Object(
  {
    version: Type.Integer(),
    revision: Type.Integer(),
    at: Type.String(),
    by: Type.String(),
    deleted: Type.Boolean({ description: 'It is gone: whoever did that, and when.' }),
  },
  closed,
)

export const postPreview = operation({
  route: 'POST /preview',
  summary: 'Preview changes',
  description:
    'What a list of changes would do: every resource before and after, who touched it last, and each resolved value that would be another, in every environment, at most 1,000 of them. Refuses what making the changes would refuse, and stores nothing. Send the revision of the answer as ifRevision to make exactly what was shown.',
  tag: 'Changes',
  guard: 'config:write',
  side: 'tenant',
  body: ChangeList,
  answer: Type.Object(
    {
      revision: Type.Integer(),
      changes: Type.Array(
        Type.Object(
          {
            ...identity,
            op: Op,
            before: Type.Unknown(),
            after: Type.Unknown(),
            labels: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()]),
            last: Type.Union([Last, Type.Null()]),
          },
          closed,
        ),
      ),
      values: Type.Array(
        Type.Object(
          {
            environment: Type.String(),
            namespace: Type.String(),
            key: Type.String(),
            op: Type.Union([Type.Literal('create'), Type.Literal('update'), Type.Literal('delete')]),
            before: Type.Unknown(),
            after: Type.Unknown(),
          },
          closed,
        ),
      ),
      more: Type.Boolean({ description: 'More values change than are listed.' }),
      hidden: Type.Integer({ description: 'How many values change where you may not read.' }),
    },
    closed,
  ),
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
  run: async (context, { body }) => ({ body: await previewChanges(context, body as AskedChanges) }),
})
