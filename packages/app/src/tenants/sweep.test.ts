import { describe, expect, it } from 'vitest'
import { openDirectory } from '../directory.ts'
import { createTenant, type NewTenant } from './create.ts'
import { sweepReservations } from './sweep.ts'
import { faults } from './testing/faults.ts'
import { openWorld, refusalOf, type World } from './testing/world.ts'

const owner = '00000000-0000-4000-8000-000000000001'
const acme: NewTenant = { name: 'acme', plan: 'free', owner: { userId: owner }, actor: `user:${owner}`, request: 'request-1' }

/** How many writes a creation takes that nothing disturbs. */
const writesOfACreation = async (): Promise<number> => {
  const fault = faults()
  const world = await openWorld(fault)
  fault.arm(Number.POSITIVE_INFINITY, 'before', false)
  await createTenant(world.app, acme)
  await world.close()
  return fault.count()
}

/** Either the tenant is there and whole, or its name is free; and nothing is left that belongs to nobody. */
const expectSettled = async ({ app, store }: World): Promise<'whole' | 'free'> => {
  expect(await app.records.list('tenant-work', { limit: 100 })).toEqual([])
  const found = await app.directory.find('acme')
  const known = new Set([app.platform.log, app.platformAccess, ...(found === undefined ? [] : [found.config, found.access])])
  for (const [log, { erased, batches }] of store.logs) if (!known.has(log)) expect({ log, erased, batches: batches.length }).toEqual({ log, erased: true, batches: 0 })
  for (const { id, value } of await app.records.list<{ readonly state: string }>('key-rings', { limit: 100 }))
    expect({ id, state: value.state }).toEqual({ id, state: known.has(id) ? 'live' : 'destroyed' })
  if (found === undefined) {
    expect(await app.directory.entry('acme')).toBeUndefined()
    return 'free'
  }
  expect(await openDirectory(app.records).find(found.id)).toEqual(found)
  const state = (await app.logs.hold(found.config)).state()
  expect(state.revision).toBe(1)
  expect(state.get('tenant', 'acme')?.id).toBe(found.id)
  expect(state.get('member', owner)?.body).toEqual({ roles: ['owner'] })
  expect((await app.directory.entry('acme'))?.value).toMatchObject({ standing: 'active', plan: 'free', indexed: 1 })
  await app.recordAccess(found.access, { type: 'login', actor: 'system' })
  return 'whole'
}

describe('the sweeper', () => {
  it('settles a creation that was killed at any of its steps, before or after the step took effect', async () => {
    const steps = await writesOfACreation()
    expect(steps).toBeGreaterThanOrEqual(8)
    const outcomes: string[] = []
    let activated = 0
    for (const when of ['before', 'after'] as const)
      for (let step = 1; step <= steps; step += 1) {
        const fault = faults()
        const dying = await openWorld(fault)
        fault.arm(step, when, true)
        const answer = await refusalOf(createTenant(dying.app, acme))
        const next = await openWorld({ store: dying.store, clock: dying.clock })
        activated += (await sweepReservations(next.app)).activated
        next.clock.now += 61_000
        await sweepReservations(next.app)
        const settled = await expectSettled(next)
        if (answer === 'done') expect(settled).toBe('whole')
        outcomes.push(settled)
        if (settled === 'free') expect(await refusalOf(createTenant(next.app, acme))).toBe('done')
        expect(next.errors).toEqual([])
        await dying.close()
        await next.close()
      }
    expect(new Set(outcomes)).toEqual(new Set(['free', 'whole']))
    // After the append and before the activation: there, once for each side of the gap, nobody was answered and the tenant is whole at once.
    expect(activated).toBe(2)
  })

  it('finds nothing left where a write failed once and the creator could take back what it had made', async () => {
    const steps = await writesOfACreation()
    for (const when of ['before', 'after'] as const)
      for (let step = 1; step <= steps; step += 1) {
        const fault = faults()
        const world = await openWorld(fault)
        fault.arm(step, when, false)
        const answer = await refusalOf(createTenant(world.app, acme))
        world.clock.now += 61_000
        await sweepReservations(world.app)
        const settled = await expectSettled(world)
        if (answer === 'done') expect(settled).toBe('whole')
        await world.close()
      }
  })

  it('can itself be killed at any of its steps, and goes on where it was', async () => {
    const steps = await writesOfACreation()
    for (const step of [2, Math.floor(steps / 2), steps - 2])
      for (let sweepStep = 1; sweepStep <= 9; sweepStep += 1) {
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
        await expectSettled(last)
        for (const world of [dying, sweeping, last]) await world.close()
      }
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
    expect(await expectSettled(world)).toBe('free')
    await world.close()
  })
})
