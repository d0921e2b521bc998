// Every route of the registry against the same probes: a new route is in here by being registered.
import { type Operation, operations } from '@konfig/api'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../harness/client.ts'
import { exampleOf, rightCaller } from '../harness/example.ts'
import { acrossTenants, hostileInput, withoutCredential, withoutPermission } from '../harness/probe.ts'
import { openWorld, type World } from '../harness/world.ts'

const named = operations.map((operation) => [operation.route, operation] as const)

/** For the probes that change nothing: one world for all of them proves that, too. */
let still: World
let headsBefore = ''
const heads = (world: World): string => {
  const {
    [world.acme.access]: _own,
    [world.globex.access]: _other,
    [world.app.platformAccess]: _platform,
    ...rest
  } = world.heads()
  return JSON.stringify(rest)
}

beforeAll(async () => {
  still = await openWorld()
  headsBefore = heads(still)
})
afterAll(async () => {
  await still.close()
})

describe.each(named)('%s', (_route, operation: Operation) => {
  it('answers its example as its schema says', async () => {
    const world = await openWorld()
    try {
      const asked = await exampleOf(world, operation)
      const reply = await ask(world, { ...asked, credential: await rightCaller(world, operation) })
      expect(`${reply.status} ${reply.status < 300 ? '' : reply.text}`).toBe(`${operation.status ?? 200} `)
      expect(reply.headers.get('x-request-id')).toMatch(/^[\w-]{1,64}$/)
      const json = /^(application\/json|text\/event-stream)/.test(reply.headers.get('content-type') ?? '')
      expect(json ? [...Value.Errors(operation.answer, reply.json)].slice(0, 3) : []).toEqual([])
    } finally {
      await world.close()
    }
  })

  it('is closed to whoever shows no credential', async () => {
    expect(await withoutCredential(still, operation)).toEqual([])
  })

  it('is closed to whoever lacks the permission', async () => {
    expect(await withoutPermission(still, operation)).toEqual([])
  })

  it('refuses what cannot be read, names it and changes nothing', async () => {
    expect(await hostileInput(still, operation)).toEqual([])
  })

  it('keeps tenants apart', async () => {
    const world = await openWorld()
    try {
      expect(await acrossTenants(world, operation)).toEqual([])
    } finally {
      await world.close()
    }
  })
})

describe.each(named.filter(([, { writes }]) => writes === true))('%s, tried', (_route, operation: Operation) => {
  it('stores nothing when it is only tried', async () => {
    const world = await openWorld()
    try {
      const asked = await exampleOf(world, operation)
      const credential = await rightCaller(world, operation)
      const before = heads(world)
      const reply = await ask(world, { ...asked, query: { ...asked.query, dryRun: 'true' }, credential })
      expect(`${reply.status} ${reply.status < 300 ? '' : reply.text}`).toBe(`${operation.status ?? 200} `)
      expect(heads(world)).toBe(before)
    } finally {
      await world.close()
    }
  })
})

describe('all these probes together', () => {
  it('left every log where it was', () => {
    expect(heads(still)).toBe(headsBefore)
  })
})
