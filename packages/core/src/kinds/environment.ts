// An environment: dev, staging, production, and what a tenant adds; one parent at most; may be protected.
// Owns the shape of the tree and when an environment may go; values in it belong to overrides.
import Type from 'typebox'
import { failure } from '../errors/failure.ts'
import type { State } from '../state/state.ts'
import { isObject, textOf } from '../values/json-value.ts'
import { closed, DisplayName, holdsMoreThan, kind, Slug, Text } from './kind.ts'

export const environment = kind({
  kind: 'environment',
  group: 'configuration',
  sides: ['platform', 'tenant'],
  permission: 'environment:write',
  body: Type.Object(
    {
      displayName: Type.Optional(DisplayName),
      description: Type.Optional(Text),
      parent: Type.Optional(Slug),
      protected: Type.Optional(Type.Boolean()),
      order: Type.Optional(Type.Integer({ minimum: -1e6, maximum: 1e6 })),
    },
    closed,
  ),
  check: (change, { side, before, after, platform }) => {
    const { name } = change
    const fixed = side === 'tenant' && platform.get('environment', name) !== undefined
    if (
      change.op === 'put' &&
      before.get('environment', name) === undefined &&
      holdsMoreThan(mostEnvironments, after, 'environment')
    )
      return [failure('too_large', { what: 'The list of environments', limit: `${mostEnvironments} environments` })]
    if (change.op === 'delete') {
      if (fixed) return []
      const users = usersOf(name, after)
      return users.length === 0 ? [] : [failure('in_use', { kind: 'environment', name, users })]
    }
    if (fixed) {
      const extra = Object.keys(change.body).filter((field) => field !== 'protected' && field !== 'order')
      return extra.length === 0 ? [] : [failure('environment_fixed', { environment: name })]
    }
    const parent = change.body['parent']
    if (parent === undefined) return []
    const seen = new Set([name])
    for (let at = textOf(parent); ; ) {
      if (seen.has(at)) return [failure('environment_cycle', { environment: name })]
      seen.add(at)
      const found = (side === 'tenant' ? platform.get('environment', at) : undefined) ?? after.get('environment', at)
      if (found === undefined)
        return [failure('target_unknown', { pointer: '/spec/parent', kind: 'environment', name: at })]
      const next = isObject(found.body) ? found.body['parent'] : undefined
      if (next === undefined) return []
      at = textOf(next)
    }
  },
})

/** In one log, at the most: a base value is judged in each of them. */
export const mostEnvironments = 1000

/** What stands in the way of deleting an environment: children, the settings that name it, overrides in it. A few are enough to name. */
const usersOf = (name: string, state: State): readonly string[] => {
  const users: string[] = []
  if (state.get('settings', 'settings')?.body['defaultEnvironment'] === name) users.push('the settings, as the default')
  for (const child of state.entries('environment'))
    if (child.body['parent'] === name) users.push(`environment ${child.name}`)
  for (const space of state.spaces('override/')) {
    if (!space.endsWith(`/${name}`)) continue
    for (const override of state.entries(space)) {
      users.push(`override ${override.namespace}/${override.name}`)
      if (users.length >= 10) return users
    }
  }
  return users
}
