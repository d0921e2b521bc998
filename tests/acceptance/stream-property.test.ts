// A client that applies what it is told holds what a reader is answered, whatever was committed where, however often it was cut.
import { commit, type Context } from '@konfig/app'
import type { Intention } from '@konfig/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask } from '../harness/client.ts'
import { type Following, follow, resume, type Told } from '../harness/events.ts'
import { machine, openWorld, put, type World } from '../harness/world.ts'

type Act =
  | { readonly act: 'commit'; readonly side: 'tenant' | 'platform'; readonly intentions: readonly Intention[] }
  | { readonly act: 'cut' | 'resume'; readonly client: number }

const queries = [
  'environment=production',
  'environment=production&namespace=billing,platform-defaults',
  'environment=production&application=shop',
  'environment=qa&namespace=billing,extra',
] as const

const reading = (query: string): string => (query.includes(',') ? query.replace(/&namespace=.*/, '') : query)

const key = fc.constantFrom('retries', 'greeting', 'limits', 'a', 'b')
const value = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom('x', 'y'), fc.constant({ a: 2, b: 1 }))
const environment = fc.constantFrom('production', 'dev', 'qa', 'staging')
const namespace = fc.constantFrom('billing', 'extra')
const typeOf = (given: unknown): string =>
  typeof given === 'number' ? 'number' : typeof given === 'string' ? 'string' : 'json'

const tenantWrite: fc.Arbitrary<Intention> = fc.oneof(
  fc
    .record({ key, value, namespace })
    .map((given) =>
      put('config', given.key, { type: typeOf(given.value), value: given.value }, { namespace: given.namespace }),
    ),
  fc.record({ key, value, namespace, environment }).map((given) =>
    put('override', given.key, { value: given.value }, {
      ...given,
      key: undefined,
      value: undefined,
      layer: 'tenant',
    } as never),
  ),
  fc
    .record({ key, namespace })
    .map((given) => ({ op: 'delete', kind: 'config', name: given.key, namespace: given.namespace }) as Intention),
  fc.record({ key, environment }).map(
    (given) =>
      ({
        op: 'delete',
        kind: 'override',
        name: given.key,
        namespace: 'billing',
        layer: 'tenant',
        environment: given.environment,
      }) as Intention,
  ),
  fc.constantFrom('premium', 'free').map((plan) => put('tenant', 'acme', { plan, brand: 'sun', status: 'active' })),
  fc.constantFrom('moon', 'sun').map((brand) => put('tenant', 'acme', { plan: 'premium', brand, status: 'active' })),
  fc.constantFrom('dev', 'staging', 'production').map((parent) => put('environment', 'qa', { parent })),
  fc
    .shuffledSubarray(['billing', 'platform-defaults', 'extra'], { minLength: 1 })
    .map((namespaces) => put('application', 'shop', { namespaces })),
  fc.constant({ op: 'delete', kind: 'namespace', name: 'extra' } as Intention),
  fc.constant(put('namespace', 'extra')),
)

const platformWrite: fc.Arbitrary<Intention> = fc.oneof(
  fc
    .integer({ min: 1, max: 5 })
    .map((given) =>
      put(
        'config',
        'timeout',
        { type: 'number', value: given, policy: { mode: 'open' } },
        { namespace: 'platform-defaults' },
      ),
    ),
  fc
    .record({
      value: fc.integer({ min: 1, max: 5 }),
      layer: fc.constantFrom('plan:premium', 'plan:free', 'brand:sun', 'brand:moon', 'platform'),
      environment: fc.option(fc.constantFrom('production', 'dev'), { nil: undefined }),
    })
    .filter((given) => given.layer !== 'platform' || given.environment !== undefined)
    .map(({ value: given, ...place }) =>
      put('override', 'timeout', { value: given }, { namespace: 'platform-defaults', ...place } as never),
    ),
  fc
    .constantFrom('a', 'b')
    .map((name) =>
      put('config', name, { type: 'string', value: 'of the platform' }, { namespace: 'platform-defaults' }),
    ),
  fc
    .constantFrom('a', 'b')
    .map((name) => ({ op: 'delete', kind: 'config', name, namespace: 'platform-defaults' }) as Intention),
)

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: tenantWrite.map((one): Act => ({ act: 'commit', side: 'tenant', intentions: [one] })) },
  { weight: 3, arbitrary: platformWrite.map((one): Act => ({ act: 'commit', side: 'platform', intentions: [one] })) },
  {
    weight: 3,
    arbitrary: fc
      .record({ act: fc.constantFrom('cut', 'resume'), client: fc.nat(queries.length - 1) })
      .map((given): Act => given as Act),
  },
)

const land = (context: Context, intentions: readonly Intention[]): Promise<unknown> =>
  commit(context, () => ({ ok: true, value: { intentions } }), { trusted: 'a test' }).catch(() => undefined)

type Values = Record<string, unknown>

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
const sorted = (held: unknown): unknown =>
  typeof held === 'object' && held !== null ? Object.entries(held).sort(byName) : held

/** A namespace without values may be shown, or not. */
const shown = (values: Values, named: readonly string[] | undefined): string =>
  JSON.stringify(
    Object.entries(values)
      .filter(([name, held]) => named === undefined || (named.includes(name) && JSON.stringify(held) !== '{}'))
      .map(([name, held]): readonly [string, unknown] => [name, sorted(held)])
      .sort(byName),
  )

const namesIn = (query: string): readonly string[] | undefined =>
  query.includes('application') ? undefined : (/namespace=(.*)/.exec(query)?.[1]?.split(',') ?? allNames)
const allNames = ['billing', 'empty', 'extra', 'platform-defaults']

const tellsNothing = ({ type, data }: Told): boolean =>
  type === 'change' && Object.keys(data.changed ?? {}).length + Object.keys(data.removed ?? {}).length === 0

const answered = async (world: World, query: string): Promise<string> => {
  const reply = await ask(world, { method: 'GET', path: `/values?${reading(query)}`, credential: world.keys.reader })
  return shown((reply.json as { readonly values: Values }).values, namesIn(query))
}

/** Answers every change that told of no difference. */
const play = async (world: World, acts: readonly Act[]): Promise<readonly Told[]> => {
  const contexts = { tenant: await machine(world.app, world.acme), platform: await machine(world.app) }
  const credential = world.keys.reader
  const clients: Following[] = []
  for (const query of queries) clients.push(await follow(world, { credential, query }))
  await Promise.all(clients.map((client) => client.until(() => client.told.length > 0)))
  const back = async (at: number): Promise<void> => {
    const client = clients[at] as Following
    if (!client.isEnded()) return
    const query = queries[at] as string
    let again = await resume(world, client, { credential, query })
    if (again.status === 404) {
      // A namespace that was named is gone: whoever is open sees its values go, whoever comes back is told so.
      await land(contexts.tenant, [put('namespace', 'extra')])
      again = await resume(world, client, { credential, query })
    }
    expect(again.status).toBe(200)
    clients[at] = again
  }
  for (const given of acts) {
    if (given.act === 'commit') await land(contexts[given.side], given.intentions)
    else if (given.act === 'resume') await back(given.client)
    else {
      const client = clients[given.client] as Following
      client.cut()
      await client.ended
    }
  }
  const empty: Told[] = []
  for (const at of queries.keys()) await back(at)
  for (const [at, query] of queries.entries()) {
    const client = clients[at] as Following
    const expected = await answered(world, query)
    await client.until(() => shown(client.values(), namesIn(query)) === expected)
    empty.push(...client.told.filter(tellsNothing))
    client.cut()
  }
  return empty
}

describe('a client that applies what it is told', () => {
  it('holds what a reader is answered, after commits of either log and cuts at any time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (acts) => {
        const world = await openWorld()
        try {
          await land(await machine(world.app), [put('brand', 'moon')])
          await land(await machine(world.app, world.acme), [put('namespace', 'extra')])
          expect(await play(world, acts)).toEqual([])
        } finally {
          await world.close()
        }
      }),
      { numRuns: 20 },
    )
  })
})
