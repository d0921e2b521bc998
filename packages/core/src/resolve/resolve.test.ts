// Resolving in generated worlds, among them such as no single log would let arise: stray overrides, dormant definitions, cycles.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, configSpace, overrideSpace } from '../log/address.ts'
import type { Change, Commit, Identity } from '../log/commit.ts'
import { emptyState, evolve } from '../state/evolve.ts'
import type { Handle } from '../state/handle.ts'
import type { State } from '../state/state.ts'
import { checkValue, type Definition } from '../values/definition.ts'
import { equalJson, isArray, isObject, type Json, type JsonObject } from '../values/json-value.ts'
import { dependenciesOf, dependenciesSoFar, type Dependency } from './depend.ts'
import { explain } from './explain.ts'
import { replay } from './replay.ts'
import { inertIn, resolveKey, resolveNamespace, traceKey } from './resolve.ts'
import { type Resolved, type World, worldOf } from './world.ts'

const keys = ['a', 'b', 'c'] as const
const namespaces = ['n', 'm'] as const
const shipped = ['root', 'mid', 'leaf'] as const
const environments = [...shipped, 'own'] as const

const value = fc.oneof(
  fc.constantFrom<Json>(1, 11, 50, 70),
  fc.constantFrom<Json>(
    null,
    true,
    1,
    50,
    'text',
    '',
    [],
    [1],
    [1, 'x', { p: 1 }],
    {},
    { p: 1 },
    { p: null, q: { r: 2 } },
    { q: { r: null } },
    { q: 'flat' },
    { q: {} },
  ),
  fc.constantFrom<Json>(
    '${CONFIG:n/a}',
    '${CONFIG:n/b} and ${CONFIG:m/a}',
    '${CONFIG:m/c}',
    '${CONFIG:n/missing}',
    '$${CONFIG:n/a}',
    '${SECRET:s}',
    ['${CONFIG:m/b}'],
    { p: '${CONFIG:n/c}' },
  ),
)
const policy = fc.constantFrom<JsonObject | undefined>(
  undefined,
  { mode: 'open' },
  { mode: 'locked' },
  { mode: 'bounded', schema: { maximum: 10 } },
  { mode: 'bounded', plans: { gold: true as unknown as JsonObject } },
)
const definition = fc.oneof(
  fc.constantFrom<JsonObject>(
    { type: 'number', validation: { max: 60 } },
    { type: 'string' },
    { type: 'json' },
    { type: 'json', validation: { schema: { maxProperties: 2 } } },
  ),
  fc.constantFrom<JsonObject>({ type: 'json', combine: 'merge' }, { type: 'json', combine: 'append' }),
)
const body = fc.record({ definition, policy, value: fc.option(value, { nil: undefined }) }).map(
  ({ definition: given, policy: rule, value: base }): JsonObject => ({
    ...given,
    ...(rule === undefined ? {} : { policy: rule }),
    ...(base === undefined ? {} : { value: base }),
  }),
)

const namespace = fc.constantFrom(...namespaces)
const key = fc.constantFrom(...keys)
const inEnvironment = fc.option(fc.constantFrom(...environments), { nil: undefined })

type Write = Identity & { readonly body: JsonObject | undefined }
const perhaps = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(some, { nil: undefined, freq: 6 })
const config = fc.record({ kind: fc.constant('config' as const), namespace, name: key, body: perhaps(body) })
const override = (layers: readonly string[]) =>
  fc.record({
    kind: fc.constant('override' as const),
    namespace,
    name: key,
    layer: fc.constantFrom(...layers),
    environment: inEnvironment,
    body: perhaps(value.map((written): JsonObject => ({ value: written }))),
  })
const environment = fc.record({
  kind: fc.constant('environment' as const),
  name: fc.constantFrom(...environments),
  body: perhaps(fc.constantFrom<JsonObject>({}, { parent: 'root' }, { parent: 'mid' }, { parent: 'nowhere' })),
})
const layerOwner = fc.record({
  kind: fc.constantFrom('plan' as const, 'brand' as const),
  name: fc.constant('gold'),
  body: perhaps(fc.constant<JsonObject>({})),
})
const tenantItself = fc.record({
  kind: fc.constant('tenant' as const),
  name: fc.constant('acme'),
  body: fc.constantFrom<JsonObject>({ plan: 'gold', brand: 'gold' }, { plan: 'gold' }, {}, { plan: 'unknown' }),
})

const platformWrite: fc.Arbitrary<Write> = fc.oneof(
  { weight: 4, arbitrary: config },
  { weight: 6, arbitrary: override(['platform', 'brand:gold', 'plan:gold']) },
  environment,
  layerOwner,
)
const tenantWrite: fc.Arbitrary<Write> = fc.oneof(
  { weight: 3, arbitrary: config },
  { weight: 6, arbitrary: override(['tenant']) },
  environment,
  tenantItself,
)

const writeTo = (state: Handle, write: Write): Handle => {
  const { body: written, ...identity } = write
  const base = { ...identity, id: addressOf(identity), previous: 0 }
  const change: Change = written === undefined ? { op: 'delete', ...base } : { op: 'put', ...base, body: written }
  const revision = state.revision + 1
  const commit: Commit = {
    id: String(revision),
    revision,
    time: revision,
    actor: 'user:x',
    origin: { type: 'api' },
    platform: 0,
    changes: [change],
  }
  return evolve(state, commit)
}

const start = (log: string): Handle =>
  shipped.reduce<Handle>(
    (state, name, index) =>
      writeTo(state, { kind: 'environment', name, body: index === 0 ? {} : { parent: shipped[index - 1] as string } }),
    emptyState(log),
  )
/** What was written, so that a counterexample can be read. */
const writings = fc.record({
  above: fc.array(platformWrite, { maxLength: 25 }),
  own: fc.option(fc.array(tenantWrite, { maxLength: 20 }), { nil: undefined, freq: 8 }),
  environment: inEnvironment,
})
type Writings = {
  readonly above: readonly Write[]
  readonly own: readonly Write[] | undefined
  readonly environment: string | undefined
}
interface States {
  readonly platform: Handle
  readonly tenant: Handle | undefined
  readonly environment: string | undefined
}
const statesOf = ({ above, own, environment: named }: Writings): States => ({
  platform: above.reduce(writeTo, start('platform')),
  tenant: own?.reduce(
    writeTo,
    writeTo(emptyState('acme'), { kind: 'tenant', name: 'acme', body: { plan: 'gold', brand: 'gold' } }),
  ),
  environment: named,
})

const worldIn = ({ platform: above, tenant: own, environment: named }: States): World => worldOf(above, own, named)
const everyKey = namespaces.flatMap((name) => keys.map((own) => [name, own] as const))
const same = (a: Json | undefined, b: Json | undefined): boolean =>
  a === undefined || b === undefined ? a === b : equalJson(a, b)
const valuesOf = (world: World) => everyKey.map(([name, own]) => resolveKey(world, name, own)?.value)

/** The rules once more, for worlds in which nothing refers to anything: slow, flat and without memory. */
const plainly = (
  { platform: above, tenant: own, environment: named }: States,
  space: string,
  name: string,
): Json | undefined => {
  const parentOf = (at: string): string | undefined => {
    const found = above.get('environment', at) ?? own?.get('environment', at)
    const parent = found?.body['parent']
    return typeof parent === 'string' ? parent : undefined
  }
  const chain: string[] = []
  for (
    let at = named;
    at !== undefined &&
    !chain.includes(at) &&
    (above.get('environment', at) ?? own?.get('environment', at)) !== undefined;
    at = parentOf(at)
  )
    chain.unshift(at)
  const traits = own?.get('tenant', 'acme')?.body ?? {}
  const trait = (kind: string): string | undefined => {
    const wanted = traits[kind]
    return typeof wanted === 'string' && above.get(kind, wanted) !== undefined ? wanted : undefined
  }
  const defined = above.get(configSpace(space), name)
  const definition = defined ?? own?.get(configSpace(space), name)
  if (definition === undefined) return undefined
  const at = (state: State | undefined, layer: string, environmentName?: string): Json | undefined =>
    state?.get(overrideSpace(space, layer, environmentName), name)?.body['value']
  const weakest: { readonly ours: boolean; readonly value: Json | undefined }[] = []
  if (defined !== undefined) {
    weakest.push(
      { ours: false, value: defined.body['value'] },
      ...chain.map((each) => ({ ours: false, value: at(above, 'platform', each) })),
    )
    for (const layer of [trait('brand') && `brand:${trait('brand')}`, trait('plan') && `plan:${trait('plan')}`])
      if (layer) weakest.push(...[undefined, ...chain].map((each) => ({ ours: false, value: at(above, layer, each) })))
  }
  const dormant = own?.get(configSpace(space), name)?.body['value']
  weakest.push(
    { ours: true, value: dormant === undefined ? at(own, 'tenant') : dormant },
    ...chain.map((each) => ({ ours: true, value: at(own, 'tenant', each) })),
  )
  const rule = defined?.body['policy']
  const allowed = (written: Json): boolean => {
    if (!isObject(rule) || rule['mode'] === 'open') return true
    if (rule['mode'] === 'locked') return false
    return rule['schema'] === undefined ? trait('plan') === 'gold' : typeof written !== 'number' || written <= 10
  }
  const joined = (before: Json | undefined, next: Json): Json | undefined => {
    const mode = definition.body['combine']
    if (mode === 'append')
      return isArray(next)
        ? [...(isArray(before) ? before : []), ...next].filter(
            (item, index, all) => all.findIndex((other) => equalJson(other, item)) === index,
          )
        : undefined
    if (mode !== 'merge' || before === undefined || !isObject(next)) return next
    const patched = (target: Json | undefined, patch: JsonObject): JsonObject => {
      const result: { [name: string]: Json } = isObject(target) ? { ...target } : {}
      for (const [member, part] of Object.entries(patch))
        if (part === null) delete result[member]
        else result[member] = isObject(part) ? patched(result[member], part) : part
      return result
    }
    return patched(before, next)
  }
  let result: Json | undefined
  for (const { ours, value: written } of weakest) {
    if (written === undefined || (ours && !allowed(written))) continue
    const next = joined(result, written)
    if (next !== undefined && checkValue(definition.body as unknown as Definition, next).length === 0) result = next
  }
  return result
}

/** The same writings with plain numbers where something was referred to. */
const withoutReferences = ({ above, own, environment: named }: Writings): Writings => {
  const plain = (write: Write): Write =>
    write.body?.['value'] !== undefined && JSON.stringify(write.body['value']).includes('$')
      ? { ...write, body: { ...write.body, value: 7 } }
      : write
  return { above: above.map(plain), own: own?.map(plain), environment: named }
}

describe('resolving, in any world', () => {
  it('gives the value that its explanation tells', () => {
    fc.assert(
      fc.property(writings, (written) => {
        const given = statesOf(written)
        const world = worldIn(given)
        for (const [name, own] of everyKey) {
          const traced = traceKey(world, name, own)
          const told = traced === undefined ? undefined : replay(explain(traced, { side: 'tenant' }))
          expect([name, own, told]).toEqual([name, own, resolveKey(world, name, own)?.value])
        }
      }),
      { numRuns: 400 },
    )
  })

  it('gives the same whichever key is asked first', () => {
    fc.assert(
      fc.property(writings, fc.shuffledSubarray(everyKey, { minLength: everyKey.length }), (written, order) => {
        const given = statesOf(written)
        const shuffled = worldIn(given)
        for (const [name, own] of order) resolveKey(shuffled, name, own)
        expect(valuesOf(shuffled)).toEqual(valuesOf(worldIn(given)))
        for (const [name, own] of order)
          expect(same(resolveKey(worldIn(given), name, own)?.value, resolveKey(shuffled, name, own)?.value)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('gives a namespace what it gives its keys one by one', () => {
    fc.assert(
      fc.property(writings, namespace, (written, name) => {
        const given = statesOf(written)
        const all = resolveNamespace(worldIn(given), name)
        const single = keys.flatMap((own) => resolveKey(worldIn(given), name, own) ?? [])
        expect([...all.keys()].sort()).toEqual(single.map(({ definition: { name: own } }) => own))
        expect(single.map(({ definition: { name: own } }) => all.get(own)?.value)).toEqual(
          single.map((resolved) => resolved.value),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('agrees, where nothing refers to anything, with the rules written down flat', () => {
    fc.assert(
      fc.property(writings, (written) => {
        const given = statesOf(withoutReferences(written))
        const world = worldIn(given)
        for (const [name, own] of everyKey)
          expect([name, own, resolveKey(world, name, own)?.value]).toEqual([name, own, plainly(given, name, own)])
      }),
      { numRuns: 400 },
    )
  })

  it('names every live value that the definition allows, and none of what it lists as inert counts', () => {
    fc.assert(
      fc.property(writings, (written) => {
        const given = statesOf(written)
        const world = worldIn(given)
        for (const [name, own] of everyKey) {
          const found = traceKey(world, name, own)
          const idle = inertIn(world, name, own)
          expect(idle.length + (found?.contributions.filter(({ verdict }) => verdict === 'live').length ?? 0)).toBe(
            found?.contributions.length ?? idle.length,
          )
          expect(found?.value === undefined).toBe(
            found?.contributions.every(({ verdict }) => verdict !== 'live') ?? true,
          )
        }
      }),
    )
  })

  const shown = (found: Resolved | undefined) =>
    found === undefined ? null : [found.definition.name, found.definition.version, found.value]
  const cached: readonly {
    readonly what: string
    readonly answer: (world: World, name: string) => unknown
    readonly groups: (world: World, name: string) => readonly Dependency[]
  }[] = [
    {
      what: 'a namespace',
      answer: (world, name) => [...resolveNamespace(world, name).values()].map(shown),
      groups: (world, name) => dependenciesOf(world, [name]),
    },
    { what: 'one key', answer: (world, name) => shown(resolveKey(world, name, 'a')), groups: dependenciesSoFar },
  ]

  it.each(cached)(
    'gives $what another answer only after a group that it depends on was touched',
    ({ answer, groups }) => {
      const later = fc.array(
        fc.oneof(
          platformWrite.map((write) => ['platform', write] as const),
          tenantWrite.map((write) => ['tenant', write] as const),
        ),
        { minLength: 10, maxLength: 40 },
      )
      fc.assert(
        fc.property(writings, namespace, later, (written, name, writes) => {
          const given = statesOf(written)
          const world = worldIn(given)
          const before = JSON.stringify(answer(world, name))
          const rests = groups(world, name)
          for (const [side, write] of writes) {
            const state = given[side]
            if (state === undefined) continue
            const next = writeTo(state, write)
            const stands = rests.every(({ log, group }) => log !== side || state.touched(group) === next.touched(group))
            const after = JSON.stringify(answer(worldIn({ ...given, [side]: next }), name))
            expect([write, stands && after !== before]).toEqual([write, false])
          }
        }),
        { numRuns: 600 },
      )
    },
  )
})
