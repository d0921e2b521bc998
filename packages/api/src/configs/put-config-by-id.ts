// Set a value, or replace the definition, by id.
import { configById, putConfig, type PutConfig } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import {
  closed,
  configAddress,
  ConfigShape,
  environmentQuery,
  IdPath,
  PutConfigBody,
  sendViewed,
  valueRefusals,
} from './shapes.ts'

export const putConfigById = operation({
  route: 'PUT /configs/{id}',
  summary: 'Set a value, or replace the definition, by id',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ query }) => placeOf(undefined, query.environment),
  path: IdPath,
  query: Type.Object(environmentQuery, closed),
  body: PutConfigBody,
  answer: ConfigShape,
  refuses: ['defined_by_platform', ...valueRefusals],
  example: { path: { id: '{{config:retries}}' }, body: { value: 4 } },
  run: async (context, { path, query, body }) => {
    const written = await putConfig(
      context,
      { ...configById(context, 'config:write', path.id), ...query },
      body as PutConfig,
    )
    return sendViewed(written, configAddress(written.view))
  },
})
