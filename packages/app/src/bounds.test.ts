// What many at once may take of a node: each is bounded, and whoever comes beyond is told to come later.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openGate } from './identity/gate.ts'
import { memoryOf } from './identity/memory.ts'
import { endSession, mostSessions, readSession, sessionsOf, startSession } from './identity/session.ts'
import { logIn, openWorld, refusalOf, registered, type World } from './identity/testing/world.ts'
import type { HeldLog } from './logs/held-log.ts'
import { openPastStates } from './logs/past.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe('sessions of one user', () => {
  it('are a hundred at most: one more ends the one that was used longest ago', async () => {
    const { app, clock } = world
    const made: string[] = []
    for (let count = 0; count < mostSessions + 5; count++) {
      clock.now += 1000
      made.push((await startSession(app, 'user', undefined)).id)
    }
    const other = await startSession(app, 'another', undefined)
    expect(new Set((await sessionsOf(app, 'user')).map(({ id }) => id))).toEqual(new Set(made.slice(5)))
    expect(await readSession(app, 'user', made[4] ?? '')).toBeUndefined()
    expect(await readSession(app, 'another', other.id)).toBeDefined()
  })

  it('never end the newest one, though all were used at the same moment', async () => {
    const { app } = world
    for (let count = 0; count < mostSessions + 2; count++) {
      const { id } = await startSession(app, 'user', undefined)
      expect(await readSession(app, 'user', id)).toBeDefined()
    }
    expect(await sessionsOf(app, 'user')).toHaveLength(mostSessions)
    for (const { id } of await sessionsOf(app, 'user')) await endSession(app, 'user', id)
  })
})

describe('logins at once', () => {
  it('wait in a queue of bounded length, and beyond it are told to come later', async () => {
    const { app } = world
    await registered(app, 'acme')
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    const waiting = Array.from({ length: 202 }, () => memoryOf(app).passwords.run(() => held))
    expect(await refusalOf(logIn(app, 'owner@acme.example', 'acme'))).toBe('overloaded')
    letGo()
    await Promise.all(waiting)
    expect(await refusalOf(logIn(app, 'owner@acme.example', 'acme'))).toBe('done')
  })

  it('are worked on two at a time', async () => {
    const gate = openGate(2, 10)
    let running = 0
    let most = 0
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
    }
    await Promise.all(Array.from({ length: 12 }, () => gate.run(work)))
    expect(most).toBe(2)
  })
})

describe('reads of the past at once', () => {
  it('load two states at a time, let a hundred wait, and refuse more', async () => {
    let loading = 0
    let most = 0
    const never = Promise.withResolvers<never>()
    const load = (): Promise<never> => {
      most = Math.max(most, ++loading)
      return never.promise
    }
    // A log whose past is never read to its end.
    const sealed = new Proxy({}, { get: () => load })
    const held = { log: 'log', state: () => ({ revision: 1000 }), sealed } as unknown as HeldLog
    const past = openPastStates(1e6)
    const outcomes: string[] = []
    for (let revision = 1; revision <= 150; revision++)
      void refusalOf(past.at(held, revision)).then(
        (outcome) => outcomes.push(outcome),
        () => undefined,
      )
    await expect.poll(() => outcomes.length, { interval: 5 }).toBe(48)
    expect(new Set(outcomes)).toEqual(new Set(['overloaded']))
    expect(most).toBe(2)
  })
})
