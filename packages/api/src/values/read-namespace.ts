// GET /values/{ns}: the resolved values of one namespace.
import { readNamespace } from '@konfig/app'
import Type from 'typebox'
import { placeOf } from '../configs/place.ts'
import { operation } from '../operation.ts'
import { documentQuery, optionsOf, sendValues, ValuesBody } from './answer.ts'

export const readNamespaceValues = operation({
  route: 'GET /values/{ns}',
  summary: 'Read the resolved values of a namespace',
  tag: 'Values',
  guard: 'value:read',
  side: 'tenant',
  place: ({ path, query }) => placeOf(path.ns, query.environment),
  path: Type.Object({ ns: Type.String({ maxLength: 63 }) }),
  query: Type.Object(documentQuery, { additionalProperties: false }),
  answer: ValuesBody,
  refuses: [
    'denied',
    'environment_required',
    'resource_not_found',
    'revision_not_found',
    'names_collide',
    'value_unwritable',
    'too_large',
    'malformed_request',
  ],
  example: { path: { ns: 'billing' }, query: { environment: 'production' } },
  run: async (context, { path, query }) =>
    sendValues(await readNamespace(context, { ...optionsOf(query), namespace: path.ns })),
})
