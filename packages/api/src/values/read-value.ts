// GET /values/{ns}/{key}: one resolved value.
import { readValue } from '@konfig/app'
import Type from 'typebox'
import { placeOf } from '../configs/place.ts'
import { operation } from '../operation.ts'
import { Explanation, optionsOf, readQuery, sendValues } from './answer.ts'

export const readOneValue = operation({
  route: 'GET /values/{ns}/{key}',
  summary: 'Read one resolved value',
  tag: 'Values',
  guard: 'value:read',
  side: 'tenant',
  place: ({ path, query }) => placeOf(path.ns, query.environment),
  path: Type.Object({ ns: Type.String({ maxLength: 63 }), key: Type.String({ maxLength: 255 }) }),
  query: Type.Object(readQuery, { additionalProperties: false }),
  answer: Type.Object({
    namespace: Type.String(),
    key: Type.String(),
    environment: Type.String(),
    type: Type.String(),
    value: Type.Unknown(),
    explanation: Type.Optional(Explanation),
  }),
  refuses: [
    'denied',
    'environment_required',
    'resource_not_found',
    'no_value',
    'revision_not_found',
    'too_large',
    'malformed_request',
  ],
  example: { path: { ns: 'billing', key: 'retries' }, query: { environment: 'production' } },
  run: async (context, { path, query }) =>
    sendValues(await readValue(context, { ...optionsOf(query), namespace: path.ns, key: path.key })),
})
