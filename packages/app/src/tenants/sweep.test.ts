import { describe, expect, it } from 'vitest'
import { openDirectory } from '../directory.ts'
import { createTenant, type NewTenant } from './create.ts'
import { sweepReservations } from './sweep.ts'
import { faults } from './testing/faults.ts'
import { openWorld, refusalOf, type World } from './testing/world.ts'

const owner = '00000000-0000-4000-8000-000000000001'
const acme: NewTenant = {
  name: 'acme',
  plan: 'free',
  owner: { userId: owner },
  actor: `user:${owner}`,
  request: 'request-1',
}

/** How many writes a creation takes that nothing disturbs. */
const writesOfACreation = async (): Promise<number> => {
  const fault = faults()
  const world = await openWorld(fault)
  fault.arm(Number.POSITIVE_INFINITY, 'before', false)
  await createTenant(world.app, acme)
  await world.close()
  return fault.count()
}

/** Either the tenant is there and whole, or its name is free; and nothing is left that belongs to nobody. Else what is wrong. */
const outcomeOf = async ({ app, store, errors }: World): Promise<'whole' | 'free' | readonly unknown[]> => {
  const wrong: unknown[] = [...errors]
  const found = await app.directory.find('acme')
  const known = new Set([
    app.platform.log,
    app.platformAccess,
    ...(found === undefined ? [] : [found.config, found.access]),
  ])
  for (const { value } of await app.records.list('tenant-work', { limit: 100 })) wrong.push({ left: value })
  for (const [log, { erased }] of store.logs) if (!known.has(log) && !erased) wrong.push({ orphan: log })
  for (const { id, value } of await app.records.list<{ readonly state: string }>('key-rings', { limit: 100 }))
    if (value.state !== (known.has(id) ? 'live' : 'destroyed')) wrong.push({ keys: id, ...value })
  if (found === undefined) {
    const entry = await app.directory.entry('acme')
    if (entry !== undefined) wrong.push({ reserved: entry.value })
    return wrong.length > 0 ? wrong : 'free'
  }
  const byId = await openDirectory(app.records).find(found.id)
  if (byId?.name !== 'acme') wrong.push({ byId })
  const state = (await app.logs.hold(found.config)).state()
  const whole =
    state.revision === 1 && state.get('tenant', 'acme')?.id === found.id && state.get('member', owner) !== undefined
  if (!whole) wrong.push({ revision: state.revision })
  const entry = (await app.directory.entry('acme'))?.value
  if (entry?.plan !== 'free' || entry.indexed !== 1) wrong.push({ entry })
  await app.recordAccess(found.access, { type: 'login', actor: 'system' })
  return wrong.length > 0 ? wrong : 'whole'
}

const bothSides = ['before', 'after'] as const
const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1)

describe('the sweeper', () => {
  it('settles a creation that was killed at any of its steps, before or after the step took effect', async () => {
    const steps = await writesOfACreation()
    const outcomes: unknown[] = []
    const again: string[] = []
    let activated = 0
    for (const when of bothSides)
      for (const step of upTo(steps)) {
        const fault = faults()
        const dying = await openWorld(fault)
        fault.arm(step, when, true)
        const answer = await refusalOf(createTenant(dying.app, acme))
        const next = await openWorld({ store: dying.store, clock: dying.clock })
        activated += (await sweepReservations(next.app)).activated
        next.clock.now += 61_000
        await sweepReservations(next.app)
        const outcome = await outcomeOf(next)
        outcomes.push(answer === 'done' && outcome === 'free' ? 'answered and lost' : outcome)
        again.push(`${String(outcome)}, then ${await refusalOf(createTenant(next.app, acme))}`)
        await dying.close()
        await next.close()
      }
    expect(steps).toBeGreaterThanOrEqual(8)
    expect(new Set(outcomes)).toEqual(new Set(['free', 'whole']))
    expect(new Set(again)).toEqual(new Set(['free, then done', 'whole, then already_exists']))
    // Killed right after the append, and right before the activation: nobody was answered, and the tenant is whole at once.
    expect(activated).toBe(2)
  })

  it('finds nothing left where a write failed once and the creator could take back what it had made', async () => {
    const outcomes: unknown[] = []
    for (const when of bothSides)
      for (const step of upTo(await writesOfACreation())) {
        const fault = faults()
        const world = await openWorld(fault)
        fault.arm(step, when, false)
        const answer = await refusalOf(createTenant(world.app, acme))
        world.clock.now += 61_000
        await sweepReservations(world.app)
        const outcome = await outcomeOf({ ...world, errors: [] })
        outcomes.push(answer === 'done' && outcome === 'free' ? 'answered and lost' : outcome)
        await world.close()
      }
    expect(new Set(outcomes)).toEqual(new Set(['free', 'whole']))
  })

  it('can itself be killed at any of its steps, and goes on where it was', async () => {
    const steps = await writesOfACreation()
    const outcomes: unknown[] = []
    for (const step of [2, Math.floor(steps / 2), steps - 2])
      for (const sweepStep of upTo(9)) {
        const fault = faults()
        const dying = await openWorld(fault)
        fault.arm(step, 'after', true)
        await refusalOf(createTenant(dying.app, acme))
        const second = faults()
        const sweeping = await openWorld({ ...second, store: dying.store, clock: dying.clock })
        sweeping.clock.now += 61_000
        second.arm(sweepStep, 'after', true)
        await refusalOf(sweepReservations(sweeping.app))
        const last = await openWorld({ store: dying.store, clock: dying.clock })
        await sweepReservations(last.app)
        outcomes.push(await outcomeOf(last))
        for (const world of [dying, sweeping, last]) await world.close()
      }
    expect(new Set(outcomes)).toEqual(new Set(['free', 'whole']))
  })

  it('gives a creator that is still at work a minute', async () => {
    const fault = faults()
    const dying = await openWorld(fault)
    fault.arm(5, 'before', true)
    await refusalOf(createTenant(dying.app, acme))
    const next = await openWorld({ store: dying.store, clock: dying.clock })
    next.clock.now += 59_000
    expect(await sweepReservations(next.app)).toEqual({ activated: 0, released: 0, indexed: 0, closed: 0 })
    expect(await refusalOf(createTenant(next.app, acme))).toBe('already_exists')
    next.clock.now += 2_000
    expect(await sweepReservations(next.app)).toEqual({ activated: 0, released: 1, indexed: 0, closed: 0 })
    await dying.close()
    await next.close()
  })

  it('leaves a creator no tenant whose reservation it released, however late the creator appends', async () => {
    const world = await openWorld()
    const { app } = world
    const slow = {
      ...app,
      createLog: async (log: string) => {
        await app.createLog(log)
        world.clock.now += 61_000
        await sweepReservations(app)
      },
    }
    expect(await refusalOf(createTenant(slow, acme))).not.toBe('done')
    await sweepReservations(app)
    expect(await outcomeOf(world)).toBe('free')
    await world.close()
  })
})
