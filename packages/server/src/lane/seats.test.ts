import { authenticate, provenKeys } from '@konfig/app'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesks } from '../limits/desk.ts'
import { openTestNode, type TestNode } from '../testing/node.ts'
import { deskOf, openSeats } from './seats.ts'

let node: TestNode
let key: string
beforeAll(async () => {
  node = await openTestNode()
  key = await node.key('reader')
})
afterAll(() => node.close())

const open = () => {
  const { app } = node
  const desks = openDesks(app)
  return { app, desks, find: openSeats(app, provenKeys(app), desks) }
}

describe('the seat of a key', () => {
  it('is there once the key was proven, the same for every read, and for no other text', async () => {
    const { app, find } = open()
    expect(find(key, 0)).toBeUndefined()
    await authenticate(app, { apiKey: key, address: '192.0.2.1' })
    const seat = find(key, 0)
    expect(seat?.key.tenant?.name).toBe('acme')
    expect(find(`Bearer ${key}`, 7)).toBe(seat)
    expect(find(`${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`, 0)).toBeUndefined()
    expect(find(key.slice(0, -1), 0)).toBeUndefined()
  })

  it('is given up with any log that is let go', async () => {
    const { app, find } = open()
    await authenticate(app, { apiKey: key, address: '192.0.2.1' })
    const seat = find(key, 0)
    app.logs.forget(node.tenant.config)
    expect(find(key, 0)).toBeUndefined()
    const held = await app.logs.hold(node.tenant.config)
    expect(find(key, 0)).not.toBe(seat)
    expect(find(key, 0)?.held).toBe(held)
  })

  it('counts at the desk where all others count, after its own was swept too', async () => {
    const { app, desks, find } = open()
    await authenticate(app, { apiKey: key, address: '192.0.2.1' })
    const seat = find(key, 0)
    if (seat === undefined) throw new Error('there is a seat')
    const [state, platform] = [seat.held.state(), app.platform.state()]
    const before = deskOf(desks, seat, state, platform)
    expect(before).toBe(desks.at(node.tenant, state, platform))
    node.clock.time += 300_000
    desks.sweep()
    const after = deskOf(desks, seat, state, platform)
    expect(after).not.toBe(before)
    expect(after).toBe(desks.at(node.tenant, state, platform))
  })
})
