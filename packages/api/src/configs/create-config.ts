// Creates a config in a namespace.
import { createConfig, type NewConfig } from '@konfig/app'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { configAddress, ConfigShape, NamespacePath, NewConfigBody, sendViewed, valueRefusals } from './shapes.ts'

export const postConfig = operation({
  route: 'POST /namespaces/{ns}/configs',
  summary: 'Create a config',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ path }) => ({ ...placeOf(path.ns, undefined), environments: '*' }),
  path: NamespacePath,
  body: NewConfigBody,
  answer: ConfigShape,
  status: 201,
  refuses: ['already_exists', 'defined_by_platform', 'namespace_closed', 'name_invalid', ...valueRefusals],
  example: { path: { ns: 'billing' }, body: { key: 'currency', type: 'string', value: 'EUR' } },
  run: async (context, { path, body }) => {
    const made = await createConfig(context, { ...(body as Omit<NewConfig, 'namespace'>), namespace: path.ns })
    return sendViewed(made, configAddress(made.view))
  },
})
