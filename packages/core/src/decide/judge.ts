// Judges values by the state that a commit leaves: what the commit would make inert in any environment is refused by name.
// Owns which keys and environments are looked at; what inert means, the resolver knows.
import { type Failure, failure, type Issue } from '../errors/failure.ts'
import type { Surroundings } from '../kinds/kind.ts'
import { addressOf } from '../log/address.ts'
import type { Change, Resource } from '../log/commit.ts'
import { definitionOf } from '../resolve/layers.ts'
import { type Contribution, inertIn } from '../resolve/resolve.ts'
import { withLayers, type World, worldOf } from '../resolve/world.ts'
import { environmentNames, withDescendants } from '../state/environments.ts'
import type { State } from '../state/state.ts'
import type { Steps } from '../steps.ts'
import { checkDefinition } from '../values/definition.ts'
import { isObject, type Json } from '../values/json-value.ts'
import { referencesIn } from '../values/reference.ts'
import { checkSchema } from '../values/schema/check.ts'
import type { Meter } from '../values/meter.ts'
import { makingOf, openApart, openReferring } from './alike.ts'

export interface Judgement {
  readonly change: Change
  readonly failure: Failure
}

/** A key that a commit touches, the change that is answerable for it, and where it may show. */
interface Touched {
  readonly namespace: string
  readonly key: string
  readonly change: Change
  readonly environments: ReadonlySet<string | undefined>
}

/** Steps that one commit's values and definitions may take to check, some 300 ms. */
const mostInCommit = 3_000_000

/** What an issue says beside its code's sentence, which is written round it again. */
const ruleOf = ({ code, detail, pointer = '' }: Issue): string => {
  const [before = ''] = code === 'body_invalid' ? [] : failure(code, { pointer, rule: '\u0000' }).detail.split('\u0000')
  return detail.slice(before.length).replace(/\.$/, '')
}

/** What is wrong with a definition by itself, the policy's schemas included. */
const definitionFailures = (change: Change, checked: Meter): readonly Failure[] => {
  if (change.kind !== 'config' || change.op !== 'put') return []
  const { type, validation, combine, policy } = change.body
  const definition: { [field: string]: Json } = { type: type as Json }
  if (validation !== undefined) definition['validation'] = validation
  if (combine !== undefined) definition['combine'] = combine
  const issues: readonly Issue[] = [...checkDefinition(definition, '/spec', checked), ...policyIssues(policy, checked)]
  return issues.map((issue) =>
    failure(issue.code === 'body_invalid' ? 'definition_invalid' : issue.code, {
      namespace: change.namespace ?? '',
      key: change.name,
      rule: ruleOf(issue),
      pointer: issue.pointer ?? '/spec',
    }),
  )
}

const policyIssues = (policy: Json | undefined, checked: Meter): readonly Issue[] => {
  if (!isObject(policy)) return []
  const issues: Issue[] = []
  const { schema, plans } = policy
  const check = (given: Json | undefined, pointer: string): void => {
    if (given === undefined) return
    for (const found of checkSchema(given, checked))
      issues.push({ code: 'body_invalid', detail: found.rule, pointer: `${pointer}${found.pointer}` })
  }
  check(schema, '/spec/policy/schema')
  if (isObject(plans)) for (const plan of Object.keys(plans)) check(plans[plan], `/spec/policy/plans/${plan}`)
  if (policy['mode'] === 'bounded' && schema === undefined && !isObject(plans))
    issues.push({
      code: 'body_invalid',
      detail: 'a bounded policy needs a schema, or plans with one each',
      pointer: '/spec/policy',
    })
  return issues
}

const tenantOf = ({ side, after }: Surroundings): State | undefined => (side === 'tenant' ? after : undefined)

/** Every key whose value may be another after the commit, by address. */
const touchedBy = (changes: readonly Change[], around: Surroundings): ReadonlyMap<string, Touched> => {
  const { after, before, platform } = around
  const tenant = tenantOf(around)
  const all: ReadonlySet<string | undefined> = new Set([undefined, ...environmentNames(platform, tenant)])
  const touched = new Map<string, Touched>()
  const add = (namespace: string, key: string, change: Change, environments: ReadonlySet<string | undefined>): void => {
    const address = `${namespace}/${key}`
    const known = touched.get(address)
    // The definition answers for its key; an override for itself.
    const answerable =
      known === undefined || (change.kind === 'config' && known.change.kind !== 'config') ? change : known.change
    touched.set(address, {
      namespace,
      key,
      change: answerable,
      // Thousands of keys share the one set of all environments.
      environments:
        known === undefined || environments === all
          ? environments
          : known.environments === all
            ? all
            : new Set([...known.environments, ...environments]),
    })
  }
  for (const change of changes) {
    if (change.kind === 'config') add(change.namespace ?? '', change.name, change, all)
    else if (change.kind === 'override')
      add(
        change.namespace ?? '',
        change.name,
        change,
        change.environment === undefined ? all : new Set(withDescendants(change.environment, platform, tenant)),
      )
    else if (change.kind === 'environment') {
      const old = before.get('environment', change.name)?.body['parent']
      const parent = change.op === 'put' ? change.body['parent'] : undefined
      if (old === parent) continue
      const below = new Set(withDescendants(change.name, platform, tenant))
      for (const name of new Set([...below, ...(typeof parent === 'string' ? [parent] : [])]))
        for (const space of after.spaces('override/'))
          if (space.endsWith(`/${name}`))
            for (const override of after.entries(space)) add(override.namespace ?? '', override.name, change, below)
    }
  }
  return touched
}

/** The worlds in which a commit may show: a tenant has one an environment; the platform one for each brand and plan that says something too. */
const worlds = (around: Surroundings, checked: Meter) => {
  const known = new Map<string, readonly World[]>()
  const { side, after, platform } = around
  const names = (kind: 'brand' | 'plan', namespace: string): readonly (string | undefined)[] => {
    const found = new Set<string>()
    for (const space of after.spaces(`override/${namespace}/${kind}:`))
      found.add(space.split('/')[2]?.slice(kind.length + 1) ?? '')
    return [undefined, ...found]
  }
  return (environment: string | undefined, namespace: string): readonly World[] => {
    const id = side === 'tenant' ? (environment ?? '') : `${environment ?? ''} ${namespace}`
    const before = known.get(id)
    if (before !== undefined) return before
    const world = worldOf(platform, tenantOf(around), environment, checked)
    const made =
      side === 'tenant'
        ? [world]
        : names('brand', namespace).flatMap((brand) =>
            names('plan', namespace).map((plan) => withLayers(world, brand, plan)),
          )
    known.set(id, made)
    return made
  }
}

const whereOf = (resource: Resource, environment: string | undefined): string => {
  const layer = resource.kind === 'config' ? 'the base value' : `the ${resource.layer} layer`
  return resource.environment === undefined ? layer : `${layer} in ${resource.environment ?? environment}`
}

/** The refusal of one value that would be inert. */
const refusalOf = (world: World, namespace: string, key: string, found: Contribution): Failure => {
  const { verdict, written, environment } = found
  const rule = verdict === 'live' ? '' : verdict.rule
  const data = {
    namespace,
    key,
    rule,
    where: environment === undefined ? '' : ` in ${environment}`,
    pointer: '/spec/value',
  }
  if (verdict === 'live') return failure('bug')
  if (verdict.inert === 'policy') return failure(rule.startsWith('locked') ? 'policy_locked' : 'policy_bounded', data)
  if (verdict.inert === 'invalid') return failure('value_invalid', data)
  for (const target of referencesIn(written))
    if (target.kind === 'config' && definitionOf(world, target.namespace, target.key) === undefined)
      return failure('reference_unknown', { ...data, target: `${target.namespace}/${target.key}` })
  return failure('reference_broken', data)
}

/**
 * What the commit may not do to values. A value that it writes must be live wherever it can be seen; a value that it does not write must
 * not become inert through it, but one that was inert already stands in nobody's way. A key is weighed once for all environments in which
 * it is made of the same values. Throws `too_large` where all that takes too much work.
 */
export function* judge(changes: readonly Change[], around: Surroundings): Steps<readonly Judgement[]> {
  const checked: Meter = { steps: 0, most: mostInCommit }
  const found: Judgement[] = []
  for (const change of changes) {
    for (const reason of definitionFailures(change, checked)) found.push({ change, failure: reason })
    if (checked.steps > 0) yield
  }
  if (found.length > 0) return found
  const own = around.side === 'tenant' ? 'tenant' : 'platform'
  const worldsIn = worlds(around, checked)
  const refers = openReferring()
  const writes = new Map(changes.map((change) => [addressOf(change), change]))
  const apart = openApart(environmentNames(around.platform, tenantOf(around)), worldsIn)
  for (const { namespace, key, change, environments } of touchedBy(changes, around).values()) {
    // One key may have long values and schemas.
    yield
    const broken = new Map<string, string>()
    const told = new Set<string>()
    const weighed = new Set<string>()
    /** Whether worlds in which the key is made of the same values have nothing to add. */
    const weigh = (environment: string | undefined): boolean => {
      let settled = true
      for (const [index, world] of worldsIn(environment, namespace).entries()) {
        const making = makingOf(world, namespace, key, refers)
        const like = `${index} ${making}`
        if (making !== undefined && weighed.has(like)) continue
        const inert = inertIn(world, namespace, key).filter(({ log }) => log === own)
        for (const contribution of inert) {
          const { resource } = contribution
          if (told.has(resource.id)) continue
          const writer = writes.get(addressOf(resource))
          if (writer === undefined && wasInert(around, world, environment, namespace, key, resource.id)) continue
          told.add(resource.id)
          if (writer === undefined) broken.set(resource.id, whereOf(resource, environment))
          else found.push({ change: writer, failure: refusalOf(world, namespace, key, contribution) })
        }
        // What was inert before as well may not have been so in each environment.
        if (making !== undefined && inert.every(({ resource }) => told.has(resource.id))) weighed.add(like)
        else settled = false
      }
      return settled
    }
    const once = environments.has(undefined) && weigh(undefined)
    for (const environment of once ? apart(namespace) : environments)
      if (environment !== undefined && environments.has(environment)) weigh(environment)
    if (broken.size > 0)
      found.push({ change, failure: failure('type_conflict', { namespace, key, where: [...broken.values()] }) })
  }
  return found
}

const wasInert = (
  around: Surroundings,
  world: World,
  environment: string | undefined,
  namespace: string,
  key: string,
  id: string,
): boolean => {
  const { side, before, platform } = around
  const old = worldOf(
    side === 'platform' ? before : platform,
    side === 'tenant' ? before : undefined,
    environment,
    world.checked,
  )
  const then: World = side === 'tenant' ? old : withLayers(old, world.brand, world.plan)
  return inertIn(then, namespace, key).some(({ resource }) => resource.id === id)
}
