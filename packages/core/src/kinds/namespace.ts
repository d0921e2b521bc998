// A namespace groups configs. Owns its shape and when it may go; knows nothing of values.
import Type from 'typebox'
import { failure } from '../errors/failure.ts'
import { configSpace, usersIn } from '../log/address.ts'
import { closed, DisplayName, kind, Text } from './kind.ts'

export const namespace = kind({
  kind: 'namespace',
  group: 'configuration',
  sides: ['platform', 'tenant'],
  permission: 'config:write',
  body: Type.Object(
    {
      displayName: Type.Optional(DisplayName),
      description: Type.Optional(Text),
      closed: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  check: (change, { side, after, before, platform }) => {
    const { name } = change
    if (
      side === 'tenant' &&
      platform.get('namespace', name) !== undefined &&
      change.op === 'put' &&
      before.get('namespace', name) === undefined
    )
      return [failure('defined_by_platform', { kind: 'namespace', name })]
    if (change.op !== 'delete') return []
    for (const config of after.entries(configSpace(name)))
      return [failure('namespace_in_use', { namespace: name, config: config.name })]
    for (const space of after.spaces(`override/${name}/`))
      for (const override of after.entries(space))
        return [failure('namespace_in_use', { namespace: name, config: override.name })]
    const users = usersIn(after.referrers(`namespace/${name}`))
    return users.length === 0 ? [] : [failure('in_use', { kind: 'namespace', name, users })]
  },
})
