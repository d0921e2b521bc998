// Compares: what is stored at two moments, resolved values at two moments, or two environments as they are now.
import { compareEnvironments, compareStored, compareValues, type Context } from '@konfig/app'
import { failure, KonfigError } from '@konfig/core'
import Type, { type Static } from 'typebox'
import { nextLink } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { Difference, Moment, Name } from './shapes.ts'

const ValueDifference = Type.Object(
  {
    namespace: Type.String(),
    key: Type.String(),
    op: Type.Union([Type.Literal('create'), Type.Literal('update'), Type.Literal('delete')]),
    before: Type.Unknown(),
    after: Type.Unknown(),
  },
  { additionalProperties: false },
)

const Query = Type.Object(
  {
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
    environment: Type.Optional(Name),
    fromEnvironment: Type.Optional(Name),
    toEnvironment: Type.Optional(Name),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    cursor: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: false },
)

const compare = (context: Context, query: Static<typeof Query>) => {
  const { from, to, environment, fromEnvironment, toEnvironment, limit, cursor } = query
  const moments = from !== undefined && to !== undefined && fromEnvironment === undefined && toEnvironment === undefined
  if (moments && environment === undefined) return compareStored(context, { from, to, limit, cursor })
  if (moments && environment !== undefined) return compareValues(context, { from, to, environment, limit, cursor })
  const only = from === undefined && to === undefined && environment === undefined
  if (only && fromEnvironment !== undefined && toEnvironment !== undefined)
    return compareEnvironments(context, { fromEnvironment, toEnvironment, limit, cursor })
  throw new KonfigError(
    failure('malformed_request', {
      reason: 'send from and to, with environment or without, or fromEnvironment and toEnvironment',
    }),
  )
}

export const getDiff = operation({
  route: 'GET /diff',
  summary: 'Compare',
  description:
    'from and to: stored resources at two moments, with environment its resolved values. fromEnvironment and toEnvironment: resolved values as they are now.',
  tag: 'Changes',
  guard: 'config:read',
  side: 'tenant',
  place: ({ query }) => {
    const named = [query.environment, query.fromEnvironment, query.toEnvironment].filter((name) => name !== undefined)
    return named.length === 0 ? {} : { environments: named }
  },
  query: Query,
  answer: Type.Object(
    {
      from: Type.String({ description: 'What was compared: a revision, a point, or an environment.' }),
      to: Type.String(),
      items: Type.Union([Type.Array(ValueDifference), Type.Array(Difference)]),
      next: Type.Union([Type.String(), Type.Null()]),
    },
    { additionalProperties: false },
  ),
  refuses: ['revision_not_found', 'resource_not_found', 'malformed_request', 'denied'],
  example: { query: { fromEnvironment: 'dev', toEnvironment: 'production' } },
  run: async (context, { query }) => {
    const { from, to, items, next } = await compare(context, query)
    return {
      body: { from, to, items: [...items] as Static<typeof ValueDifference>[], next },
      headers: nextLink('/diff', query, next),
    }
  },
})
