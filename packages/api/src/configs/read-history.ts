// The versions of a key, newest first.
import { readHistory } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, configPath, environmentQuery, KeyPath, pageQuery, pageShape, sendPage } from './shapes.ts'

const Item = Type.Object(
  {
    version: Type.Integer(),
    changeType: Type.Union(['create', 'update', 'delete'].map((type) => Type.Literal(type))),
    value: Type.Optional(Type.Unknown()),
    environment: Type.Optional(Type.String()),
    layer: Type.Optional(Type.String()),
    changedAt: Type.String(),
    changedBy: Type.String(),
    revision: Type.Integer(),
    message: Type.Optional(Type.String()),
  },
  closed,
)

export const HistoryQuery = Type.Object(
  { limit: pageQuery.limit, cursor: pageQuery.cursor, ...environmentQuery },
  closed,
)

export const getHistory = operation({
  route: 'GET /namespaces/{ns}/configs/{key}/history',
  summary: 'Read the history of a key',
  description: "Versions of the base value and of the overrides of one's own layer; each environment counts its own.",
  tag: 'Configs',
  guard: 'config:read',
  side: 'tenant',
  place: ({ path, query }) => placeOf(path.ns, query.environment),
  path: KeyPath,
  query: HistoryQuery,
  answer: pageShape(Item),
  refuses: ['denied', 'resource_not_found', 'malformed_request'],
  example: { path: { ns: 'billing', key: 'retries' } },
  run: async (context, { path, query }) => {
    const { limit, cursor, ...asked } = query
    const where = { namespace: path.ns, key: path.key, ...asked }
    return sendPage(await readHistory(context, where, { limit, cursor }), `${configPath(where)}/history`, query)
  },
})
