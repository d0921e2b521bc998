// GET /values: everything that the caller may read in an environment, or one namespace, or what an application reads.
import { readAll, readApplication, readNamespace } from '@konfig/app'
import { failure, KonfigError } from '@konfig/core'
import Type from 'typebox'
import { placeOf } from '../configs/place.ts'
import { operation } from '../operation.ts'
import { documentQuery, optionsOf, sendValues, ValuesBody } from './answer.ts'

export const readValues = operation({
  route: 'GET /values',
  summary: 'Read resolved values',
  description:
    'All namespaces that the caller may see, or with `namespace` one, or with `application` what that application reads. The ETag is of the content: ask again with If-None-Match.',
  tag: 'Values',
  guard: 'value:read',
  side: 'tenant',
  place: ({ query }) => placeOf(query.namespace, query.environment),
  query: Type.Object(
    {
      ...documentQuery,
      namespace: Type.Optional(Type.String({ maxLength: 63 })),
      application: Type.Optional(Type.String({ maxLength: 63 })),
    },
    { additionalProperties: false },
  ),
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
  example: { query: { environment: 'production' } },
  run: async (context, { query }) => {
    const { namespace, application } = query
    if (namespace !== undefined && application !== undefined)
      throw new KonfigError(failure('malformed_request', { reason: 'name a namespace or an application, not both' }))
    const options = optionsOf(query)
    if (namespace !== undefined) return sendValues(await readNamespace(context, { ...options, namespace }))
    if (application !== undefined) return sendValues(await readApplication(context, { ...options, application }))
    return sendValues(await readAll(context, options))
  },
})
