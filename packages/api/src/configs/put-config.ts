// Sets the value of a config, or replaces its definition.
import { putConfig, type PutConfig } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import {
  closed,
  configAddress,
  ConfigShape,
  environmentQuery,
  KeyPath,
  PutConfigBody,
  sendViewed,
  valueRefusals,
} from './shapes.ts'

export const putOneConfig = operation({
  route: 'PUT /namespaces/{ns}/configs/{key}',
  summary: 'Set a value, or replace the definition',
  description:
    '`{value}` alone keeps the definition: it sets the base value of an own key, and the own override of a key of the platform. With `type` the whole definition is replaced (own keys only). With `?environment` the body is `{value}`.',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ path, query }) =>
    query.environment === undefined
      ? { ...placeOf(path.ns, undefined), environments: '*' }
      : placeOf(path.ns, query.environment),
  path: KeyPath,
  query: Type.Object(environmentQuery, closed),
  body: PutConfigBody,
  answer: ConfigShape,
  refuses: ['defined_by_platform', 'namespace_closed', 'name_invalid', ...valueRefusals],
  example: { path: { ns: 'billing', key: 'retries' }, body: { value: 4 } },
  run: async (context, { path, query, body }) => {
    const written = await putConfig(context, { namespace: path.ns, key: path.key, ...query }, body as PutConfig)
    return sendViewed(written, configAddress(written.view))
  },
})
