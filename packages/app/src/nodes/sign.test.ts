import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../identity/testing/world.ts'
import { openSign, runningNodes, signCountsMillis, signMillis } from './sign.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const running = () => runningNodes(world.app.records)

describe('the sign of life of a node', () => {
  it('is there from the first time that it is given until it is taken back', async () => {
    const sign = openSign(world.app, 'one, process 7')
    expect(await running()).toEqual([])
    await sign.give()
    await sign.give()
    expect(await running()).toEqual(['one, process 7'])
    await sign.end()
    expect(await running()).toEqual([])
  })

  it('counts for a minute after the last time, for a node that was killed, and a node that lives gives it more often', async () => {
    await openSign(world.app, 'killed').give()
    world.clock.now += signCountsMillis - 1
    expect(await running()).toEqual(['killed'])
    world.clock.now += 1
    expect(await running()).toEqual([])
    expect(signMillis * 3).toBeLessThanOrEqual(signCountsMillis)
  })

  it('that was to be given while the node ended does not come back', async () => {
    const sign = openSign(world.app, 'one')
    await Promise.all([sign.give(), sign.end(), sign.give()])
    expect(await running()).toEqual([])
  })
})
