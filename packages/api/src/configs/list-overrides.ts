// Lists one's own overrides, and which are inert, and why.
import { listOverrides } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, Name, pageOf, pageQuery, pageShape, sendPage } from './shapes.ts'

const Override = Type.Object(
  {
    id: Type.String(),
    namespace: Type.String(),
    key: Type.String(),
    layer: Type.String(),
    environment: Type.Optional(Type.String()),
    value: Type.Unknown(),
    version: Type.Integer(),
    revision: Type.Integer(),
    updatedAt: Type.String(),
    updatedBy: Type.String(),
    inert: Type.Array(
      Type.Object({ environment: Type.Optional(Type.String()), reason: Type.String(), rule: Type.String() }, closed),
    ),
  },
  closed,
)

export const getOverrides = operation({
  route: 'GET /overrides',
  summary: 'List overrides, and what is inert',
  description: 'A page may be short though `next` is there: follow it.',
  tag: 'Configs',
  guard: 'config:read',
  side: 'tenant',
  place: ({ query }) => placeOf(query.namespace, query.environment),
  query: Type.Object(
    {
      ...pageQuery,
      namespace: Type.Optional(Name),
      environment: Type.Optional(
        Type.String({
          maxLength: 63,
          description: 'What is set for this environment; with `inert=true` all that is skipped in it.',
        }),
      ),
      inert: Type.Optional(
        Type.Boolean({ description: 'true: only what a rule forbids now; false: only what is alive everywhere.' }),
      ),
    },
    closed,
  ),
  answer: pageShape(Override),
  refuses: ['denied', 'resource_not_found', 'malformed_request'],
  example: { query: { inert: 'true' } },
  run: async (context, { query }) => {
    const { namespace, environment, inert } = query
    return sendPage(
      await listOverrides(context, { ...pageOf(query), namespace, environment, inert }),
      '/overrides',
      query,
    )
  },
})
