// The definition of one typed key: type, validation, combine, description, and perhaps a base value; on the platform's side a policy.
// Owns where a definition may stand; whether values fit it is judged by decide/judge.ts, which resolves them.
import Type, { type Static } from 'typebox'
import { type Failure, failure } from '../errors/failure.ts'
import { configSpace, usersIn } from '../log/address.ts'
import type { Identity } from '../log/commit.ts'
import type { JsonObject } from '../values/json-value.ts'
import { referencesIn } from '../values/reference.ts'
import { closed, holdsMoreThan, keyRule, kind, Slug, Text } from './kind.ts'

export const ValueTypeSchema = Type.Union([
  Type.Literal('string'),
  Type.Literal('number'),
  Type.Literal('boolean'),
  Type.Literal('select'),
  Type.Literal('json'),
])

/** What the tenant layer may do with a platform key: anything, what a schema allows (a plan may have its own), nothing. */
export const PolicySchema = Type.Object(
  {
    mode: Type.Union([Type.Literal('open'), Type.Literal('bounded'), Type.Literal('locked')]),
    schema: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    plans: Type.Optional(Type.Record(Slug, Type.Record(Type.String(), Type.Unknown()))),
  },
  closed,
)
export type Policy = Static<typeof PolicySchema>

/** `validation` is checked by values/definition.ts, which knows the fields of each type. */
export const ConfigBody = Type.Object(
  {
    type: ValueTypeSchema,
    value: Type.Optional(Type.Unknown()),
    validation: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    combine: Type.Optional(Type.Union([Type.Literal('replace'), Type.Literal('merge'), Type.Literal('append')])),
    description: Type.Optional(Text),
    policy: Type.Optional(PolicySchema),
  },
  closed,
)

export const referencedConfigs = (body: JsonObject): readonly string[] =>
  body['value'] === undefined
    ? []
    : referencesIn(body['value']).flatMap((found) =>
        found.kind === 'config' ? [`${configSpace(found.namespace)}/${found.key}`] : [],
      )

/** Keys in one namespace, at the most (api.md, limits). */
export const mostKeys = 100_000

/** The namespace of a new key must be there, and open to whoever adds to it. */
const placeOf = (
  identity: Identity,
  side: string,
  own: boolean,
  platformNamespace: JsonObject | undefined,
): readonly Failure[] => {
  const namespace = identity.namespace ?? ''
  if (side === 'tenant' && platformNamespace?.['closed'] === true) return [failure('namespace_closed', { namespace })]
  return own || platformNamespace !== undefined
    ? []
    : [failure('target_unknown', { pointer: '/metadata/namespace', kind: 'namespace', name: namespace })]
}

export const config = kind({
  kind: 'config',
  group: 'configuration',
  sides: ['platform', 'tenant'],
  permission: 'config:write',
  name: keyRule,
  scope: ['namespace'],
  body: ConfigBody,
  references: referencedConfigs,
  check: (change, { side, before, after, platform }) => {
    const namespace = change.namespace ?? ''
    const space = configSpace(namespace)
    if (change.op === 'delete') {
      const inUse = (users: readonly string[]): readonly Failure[] =>
        users.length === 0 ? [] : [failure('in_use', { kind: 'config', name: `${namespace}/${change.name}`, users })]
      const referring = usersIn(after.referrers(`${space}/${change.name}`))
      if (referring.length > 0 || (side === 'tenant' && platform.get(space, change.name) !== undefined))
        return inUse(referring)
      const left = [...after.spaces(`override/${namespace}/`)].filter(
        (place) => after.get(place, change.name) !== undefined,
      )
      return inUse(usersIn(left.map((place) => `${place}/${change.name}`)))
    }
    const failures: Failure[] = []
    if (before.get(space, change.name) === undefined) {
      if (holdsMoreThan(mostKeys, after, space))
        failures.push(failure('too_large', { what: `Namespace ${namespace}`, limit: `${mostKeys} keys` }))
      if (side === 'tenant' && platform.get(space, change.name) !== undefined)
        failures.push(failure('defined_by_platform', { kind: 'config', name: `${namespace}/${change.name}` }))
      failures.push(
        ...placeOf(
          change,
          side,
          after.get('namespace', namespace) !== undefined,
          platform.get('namespace', namespace)?.body,
        ),
      )
    }
    if (side === 'tenant' && change.body['policy'] !== undefined)
      failures.push(failure('policy_misplaced', { namespace, key: change.name }))
    return failures
  },
})
