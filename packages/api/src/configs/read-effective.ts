// What a key is worth in each environment.
import { readEffective } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, environmentQuery, KeyPath } from './shapes.ts'

const source = {
  layer: Type.String(),
  environment: Type.Optional(Type.String()),
  log: Type.Union([Type.Literal('platform'), Type.Literal('tenant')]),
  revision: Type.Integer(),
  version: Type.Integer(),
  author: Type.Optional(Type.String()),
  value: Type.Optional(Type.Unknown()),
  hidden: Type.Optional(Type.Literal(true)),
}

const Row = Type.Object(
  {
    environment: Type.String(),
    value: Type.Optional(Type.Unknown()),
    winner: Type.Optional(Type.Object(source, closed)),
    inert: Type.Array(Type.Object({ ...source, reason: Type.String(), rule: Type.String() }, closed)),
  },
  closed,
)

export const getEffective = operation({
  route: 'GET /namespaces/{ns}/configs/{key}/effective',
  summary: 'Read what a key is worth in each environment',
  tag: 'Configs',
  guard: 'config:read',
  side: 'tenant',
  place: ({ path, query }) => placeOf(path.ns, query.environment),
  path: KeyPath,
  query: Type.Object(environmentQuery, closed),
  answer: Type.Object({ items: Type.Array(Row) }, closed),
  refuses: ['denied', 'resource_not_found'],
  example: { path: { ns: 'billing', key: 'retries' } },
  run: async (context, { path, query }) => ({
    body: await readEffective(context, { namespace: path.ns, key: path.key, ...query }),
  }),
})
