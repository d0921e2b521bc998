// What is kept is what would be worked out now: under random histories of both logs, for every reader, and at every moment of the past.
import type { Intention, State } from '@konfig/core'
import { resolveNamespace, worldOf } from '@konfig/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCached } from './cached.ts'
import { textOf } from './face.ts'
import { readAll } from './read-all.ts'
import { readNamespace } from './read-namespace.ts'
import { readValue } from './read-value.ts'
import { admin, config, openWorld, override, put, reader, refusalOf, remove, type World } from './testing/world.ts'
import { liveValues } from './write.ts'

const environments = ['dev', 'staging', 'production'] as const
const namespaces = ['one', 'two'] as const
const keys = ['a', 'b'] as const

const namespace = fc.constantFrom(...namespaces)
const key = fc.constantFrom(...keys)
const environment = fc.option(fc.constantFrom(...environments), { nil: undefined })
const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('${CONFIG:one/a}', '${CONFIG:two/b}'))
const policy = fc.constantFrom(
  {},
  { policy: { mode: 'locked' } },
  { policy: { mode: 'bounded', schema: { maximum: 5 } } },
)

interface Step {
  readonly side: 'tenant' | 'platform'
  readonly intention: Intention
}

const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ side: fc.constantFrom('tenant', 'platform'), namespace, key, value, policy })
    .map(({ side, namespace: ns, key: name, value: given, policy: rule }) => ({
      side: side as Step['side'],
      intention: config(ns, name, { type: 'json', value: given, ...(side === 'platform' ? rule : {}) }),
    })),
  fc
    .record({ namespace, key, environment, value })
    .map(({ namespace: ns, key: name, environment: where, value: given }) => ({
      side: 'tenant' as const,
      intention: override(ns, name, 'tenant', where, given),
    })),
  fc
    .record({ layer: fc.constantFrom('platform', 'brand:sun', 'plan:premium'), namespace, key, environment, value })
    .map((given) => ({
      side: 'platform' as const,
      intention: override(given.namespace, given.key, given.layer, given.environment, given.value),
    })),
  fc
    .record({ side: fc.constantFrom('tenant' as const, 'platform' as const), namespace, key })
    .map(({ side, namespace: ns, key: name }) => ({
      side,
      intention: remove(config(ns, name, {})),
    })),
  fc.constantFrom({}, { plan: 'premium' }, { plan: 'premium', brand: 'sun' }).map((body) => ({
    side: 'tenant' as const,
    intention: put('tenant', 'acme', { ...body, status: 'active' }),
  })),
  fc
    .constantFrom({}, { parent: 'dev' })
    .map((body) => ({ side: 'platform' as const, intention: put('environment', 'staging', body) })),
  fc.constant({ side: 'platform' as const, intention: remove(put('plan', 'premium')) }),
  fc.constant({ side: 'platform' as const, intention: put('plan', 'premium') }),
)

/** Worked out from two states, with nothing kept. */
const fresh = (platform: State, tenant: State, where: string, ns: string): unknown => ({
  environment: where,
  values: { [ns]: Object.fromEntries(liveValues(resolveNamespace(worldOf(platform, tenant, where), ns).values())) },
})

const served = async (world: World, where: string, ns: string, at?: string): Promise<string> => {
  const answer = await readNamespace(world.tenant(reader), { namespace: ns, environment: where, at })
  return `${answer.etag} ${textOf(answer)}`
}

/** A step that a rule refuses changes nothing: that is part of a history too. */
const carryOut = async (world: World, { side, intention }: Step): Promise<void> => {
  await world.write(side, intention).catch(() => undefined)
}

const openPrepared = async (): Promise<World> => {
  const world = await openWorld()
  await world.write('platform', put('namespace', 'one'))
  await world.write(
    'tenant',
    put('namespace', 'two'),
    config('one', 'a', { type: 'json', value: 1 }),
    config('two', 'a', { type: 'json', value: 2 }),
    config('two', 'b', { type: 'json', value: '${CONFIG:one/a}' }),
  )
  return world
}

describe('what is kept', () => {
  it('equals what is worked out afresh, after every commit of either log', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const world = await openPrepared()
        for (const each of steps) {
          await carryOut(world, each)
          const platform = world.app.platform.state()
          const tenant = world.tenant().log.state()
          for (const where of environments)
            for (const ns of namespaces) {
              const expected = fresh(platform, tenant, where, ns)
              const answer = await readNamespace(world.tenant(reader), { namespace: ns, environment: where })
              expect(JSON.parse(textOf(answer))).toEqual(expected)
              expect(readCached(world.app, world.tenant().log, where, ns, undefined)?.etag).toBe(answer.etag)
              for (const name of keys) {
                const values =
                  (expected as { readonly values: Record<string, Record<string, unknown>> }).values[ns] ?? {}
                const asked = { namespace: ns, key: name, environment: where }
                const found = await readValue(world.tenant(reader), asked).then(
                  (read) => (JSON.parse(textOf(read)) as { readonly value: unknown }).value,
                  () => undefined,
                )
                expect(found).toEqual(values[name])
                expect(readCached(world.app, world.tenant().log, where, ns, name) !== undefined).toBe(name in values)
              }
            }
          const all = await readAll(world.tenant(reader), { environment: 'dev' })
          expect((JSON.parse(textOf(all)) as { readonly values: unknown }).values).toEqual(
            Object.assign(
              {},
              ...namespaces.map((ns) => (fresh(platform, tenant, 'dev', ns) as { readonly values: object }).values),
            ),
          )
        }
        await world.close()
      }),
      { numRuns: 40 },
    )
  })

  it('is the same bytes when asked for the past as it was when served', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        const world = await openPrepared()
        const then: { readonly at: string; readonly where: string; readonly ns: string; readonly answer: string }[] = []
        for (const each of steps) {
          world.clock.now += 1000
          await carryOut(world, each)
          const point = `${world.app.platform.state().revision}-${world.tenant().log.state().revision}`
          for (const where of environments)
            for (const ns of namespaces) {
              const answer = await served(world, where, ns)
              then.push(
                { at: point, where, ns, answer },
                { at: new Date(world.clock.now).toISOString(), where, ns, answer },
              )
            }
        }
        for (const { at, where, ns, answer } of then) expect(await served(world, where, ns, at)).toBe(answer)
        await world.close()
      }),
      { numRuns: 25 },
    )
  })

  it('costs a platform commit nothing until somebody asks, and one check for all that it did not touch', async () => {
    const world = await openPrepared()
    await world.write('platform', put('namespace', 'elsewhere'))
    await served(world, 'dev', 'two')
    const { log } = world.tenant()
    const entry = world.app.answers.shelf(log.log, 'dev', 'two')?.whole
    const stamp = entry?.basis.platform
    await world.write('platform', config('elsewhere', 'b', { type: 'json', value: 2 }))
    expect(entry?.basis.platform).toBe(stamp)
    expect(readCached(world.app, log, 'dev', 'two', undefined)).toBe(entry)
    expect(entry?.basis.platform).toBe(world.app.platform.state().revision)
    await world.close()
  })

  it('is no more found once something that it rests on was written', async () => {
    const world = await openPrepared()
    await readValue(world.tenant(reader), { namespace: 'one', key: 'a', environment: 'dev' })
    const { log } = world.tenant()
    expect(readCached(world.app, log, 'dev', 'one', 'a')).toBeDefined()
    await world.write('tenant', override('one', 'a', 'tenant', 'production', 3))
    expect(readCached(world.app, log, 'dev', 'one', 'a')).toBeUndefined()
    await world.close()
  })

  it('does not follow a reference into a namespace that the answer does not rest on', async () => {
    const world = await openPrepared()
    for (const name of keys) await readValue(world.tenant(reader), { namespace: 'two', key: name, environment: 'dev' })
    await world.write('tenant', config('one', 'a', { type: 'json', value: 7 }))
    const { log } = world.tenant()
    expect(readCached(world.app, log, 'dev', 'two', 'a')).toBeDefined()
    expect(readCached(world.app, log, 'dev', 'two', 'b')).toBeUndefined()
    await world.close()
  })
})

describe('a large namespace', () => {
  it('lets others run while it is resolved, and each answer is of the point that it names', async () => {
    const world = await openPrepared()
    const many = Array.from({ length: 6000 }, (_, index) => config('two', `k${index}`, { type: 'json', value: 0 }))
    await world.write('tenant', ...many)
    const ask = () => readNamespace(world.tenant(reader), { namespace: 'two', environment: 'dev' })
    let others = false
    setImmediate(() => {
      others = true
    })
    const asked = ask()
    const written = world.write('tenant', config('two', 'k5999', { type: 'json', value: 1 }))
    const first = await asked
    expect(others).toBe(true)
    await written
    const second = await ask()
    for (const answer of [first, second]) {
      const at = `${answer.point.platform}-${answer.point.tenant}`
      const then = await readNamespace(world.tenant(reader), { namespace: 'two', environment: 'dev', at })
      expect(then.etag).toBe(answer.etag)
    }
    expect(first.etag).not.toBe(second.etag)
    expect(readCached(world.app, world.tenant().log, 'dev', 'two', undefined)?.etag).toBe(second.etag)
    await world.close()
  })
})

describe('moments', () => {
  it('reads a tenant revision with the platform revision that its commit recorded', async () => {
    const world = await openPrepared()
    await world.write('platform', config('one', 'b', { type: 'json', value: 1 }))
    await world.write('tenant', put('namespace', 'three'))
    const { revision } = world.tenant().log.state()
    const then = await served(world, 'dev', 'one')
    await world.write('platform', config('one', 'b', { type: 'json', value: 2 }))
    expect(await served(world, 'dev', 'one')).not.toBe(then)
    expect(await served(world, 'dev', 'one', String(revision))).toBe(then)
    const answer = await readNamespace(world.tenant(reader), {
      namespace: 'one',
      environment: 'dev',
      at: String(revision),
    })
    expect(answer.point).toEqual({ platform: world.app.platform.state().revision - 1, tenant: revision })
    await world.close()
  })

  it('answers revision_not_found beyond either head, and malformed_request for what is no moment', async () => {
    const world = await openPrepared()
    const ask = (at: string) =>
      refusalOf(readNamespace(world.tenant(reader), { namespace: 'one', environment: 'dev', at }))
    const { revision } = world.tenant().log.state()
    const platform = world.app.platform.state().revision
    expect(await ask(String(revision + 1))).toBe('revision_not_found')
    expect(await ask(`${platform + 1}-${revision}`)).toBe('revision_not_found')
    expect(await ask(`${platform}-${revision + 1}`)).toBe('revision_not_found')
    expect(await ask('yesterday')).toBe('malformed_request')
    expect(await ask(`${platform}-${revision}`)).toBe('done')
    await world.close()
  })

  it('judges permission as of today', async () => {
    const world = await openPrepared()
    const { revision } = world.tenant().log.state()
    const asked = { namespace: 'one', environment: 'dev', at: String(revision) }
    expect(await refusalOf(readNamespace(world.tenant(admin), asked))).toBe('done')
    expect(await refusalOf(readNamespace(world.tenant([]), asked))).toBe('denied')
    await world.close()
  })

  it('keeps answers of the past away from those of now', async () => {
    const world = await openPrepared()
    const before = world.app.answers.count()
    await served(world, 'dev', 'one', String(world.tenant().log.state().revision))
    expect(world.app.answers.count()).toBe(before)
    expect(world.app.pastAnswers.bytes()).toBeGreaterThan(0)
    await world.close()
  })
})
