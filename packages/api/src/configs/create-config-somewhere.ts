// Creates a config in the namespace that the body names.
import { createConfig, type NewConfig } from '@konfig/app'
import { operation } from '../operation.ts'
import { configAddress, ConfigShape, NewConfigSomewhereBody, sendViewed, valueRefusals } from './shapes.ts'

export const postConfigSomewhere = operation({
  route: 'POST /configs',
  summary: 'Create a config in a named namespace',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: () => ({ environments: '*' }),
  body: NewConfigSomewhereBody,
  answer: ConfigShape,
  status: 201,
  refuses: ['already_exists', 'defined_by_platform', 'namespace_closed', 'name_invalid', ...valueRefusals],
  example: { body: { namespace: 'billing', key: 'tax', type: 'number', value: 19 } },
  run: async (context, { body }) => {
    const made = await createConfig(context, body as NewConfig)
    return sendViewed(made, configAddress(made.view))
  },
})
