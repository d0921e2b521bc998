// A value for a config at one layer and, if given, one environment. Its name is the config's key.
// Owns where an override may stand; whether its value is fit is judged by decide/judge.ts, which resolves it.
import Type from 'typebox'
import { type Failure, failure } from '../errors/failure.ts'
import { configSpace } from '../log/address.ts'
import { referencedConfigs } from './config.ts'
import { closed, keyRule, kind } from './kind.ts'

const layer = /^(platform|tenant|(brand|plan):[a-z0-9][a-z0-9_-]{0,62})$/

export const layerRule = (name: string): string | undefined =>
  layer.test(name) ? undefined : 'use platform, brand:<name>, plan:<name> or tenant'

export const override = kind({
  kind: 'override',
  group: 'configuration',
  sides: ['platform', 'tenant'],
  permission: 'config:write',
  name: keyRule,
  scope: ['namespace', 'layer', 'environment'],
  body: Type.Object({ value: Type.Unknown() }, closed),
  references: referencedConfigs,
  check: (change, { side, before, after, platform }) => {
    const namespace = change.namespace ?? ''
    const ownLayer = change.layer === 'tenant' ? 'tenant' : 'platform'
    if (ownLayer !== side || layerRule(change.layer ?? '') !== undefined)
      return [
        failure('name_invalid', {
          pointer: '/metadata/layer',
          rule:
            side === 'tenant' ? 'a tenant writes its layer tenant only' : 'use platform, brand:<name> or plan:<name>',
        }),
      ]
    if (change.op === 'delete') return []
    const failures: Failure[] = []
    const own = after.get(configSpace(namespace), change.name)
    const defined = platform.get(configSpace(namespace), change.name)
    if (own === undefined && defined === undefined)
      failures.push(
        failure('target_unknown', { pointer: '/metadata/name', kind: 'config', name: `${namespace}/${change.name}` }),
      )
    if (change.environment !== undefined) {
      if (
        after.get('environment', change.environment) === undefined &&
        platform.get('environment', change.environment) === undefined
      )
        failures.push(
          failure('target_unknown', {
            pointer: '/metadata/environment',
            kind: 'environment',
            name: change.environment,
          }),
        )
    } else if (
      change.layer === 'platform' ||
      (own !== undefined && (side === 'platform' ? change.layer === 'platform' : true))
    ) {
      // The base of a definition's own layer is the definition's value: one value never has two places.
      failures.push(
        failure('body_invalid', {
          pointer: '/metadata/layer',
          rule: 'writes the base value of its own definition; set spec.value of the config instead',
        }),
      )
    }
    const [type, name] = (change.layer ?? '').split(':')
    if (
      (type === 'brand' || type === 'plan') &&
      name !== undefined &&
      before.get(type, name) === undefined &&
      after.get(type, name) === undefined
    )
      failures.push(failure('target_unknown', { pointer: '/metadata/layer', kind: type, name }))
    return failures
  },
})
