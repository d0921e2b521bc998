// How streams live and end: heartbeats, slow readers, many at once, the end of the server; and that nothing is told where nothing differs.
import { afterEach, describe, expect, it } from 'vitest'
import { ask } from '../harness/client.ts'
import { type Following, follow, resume } from '../harness/events.ts'
import { person, setting } from '../harness/session.ts'
import { openWorld, type World, type WorldOptions } from '../harness/world.ts'

const billing = 'environment=production&namespace=billing'
const worlds: World[] = []
const open = async (options: WorldOptions = {}): Promise<World> => {
  const world = await openWorld(options)
  worlds.push(world)
  return world
}
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

const opened = async (world: World, query = billing): Promise<Following> => {
  const stream = await follow(world, { credential: world.keys.reader, query })
  await stream.until(() => stream.told.length === 1)
  return stream
}

const gauge = async (world: World, name: string): Promise<number> => {
  const { text } = await ask(world, { method: 'GET', path: '//metrics' })
  expect(text).not.toContain('acme')
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1])
}

describe('a stream', () => {
  it('says now and then where it is, though nothing differs', async () => {
    const world = await open({ streams: { heartbeatMillis: 30 } })
    const owner = await person(world, 'owner')
    const stream = await opened(world)
    const begun = stream.point()
    expect((await owner('POST /namespaces', { body: { name: 'elsewhere' } })).status).toBe(201)
    await stream.until(() => stream.point() !== begun)
    expect(stream.told).toHaveLength(1)
    expect(stream.text()).toContain(`\n\nid: ${stream.point()}\n\n`)
    stream.cut()
    await stream.ended
    const again = await resume(world, stream, { credential: world.keys.reader, query: billing })
    await again.until(() => again.point() !== '')
    expect(again.told).toEqual([])
  })

  it('is told nothing where the resolved value is equal', async () => {
    const world = await open()
    const owner = await person(world, 'owner')
    const stream = await opened(world)
    // The base value lies under production's own.
    await owner('PUT /namespaces/billing/configs/retries', { body: { value: 17 } })
    await owner('PUT /namespaces/billing/configs/retries', { query: { environment: 'qa' }, body: { value: 18 } })
    await owner('PUT /namespaces/billing/configs/greeting', { body: { value: 'the only one' } })
    await stream.until(() => stream.told.length === 2)
    expect(stream.told[1]?.data).toEqual({ changed: { billing: { greeting: 'the only one' } }, removed: {} })
  })

  it('that asks for what others follow shares their view', async () => {
    const world = await open()
    const owner = await person(world, 'owner')
    const streams = await Promise.all(Array.from({ length: 20 }, () => opened(world)))
    expect(await gauge(world, 'konfig_streams_open')).toBe(20)
    expect(await gauge(world, 'konfig_stream_followers')).toBe(1)
    await owner('PUT /namespaces/billing/configs/greeting', { body: { value: 'to all' } })
    await Promise.all(streams.map((stream) => stream.until(() => stream.told.length === 2)))
    expect(new Set(streams.map(({ told }) => JSON.stringify(told[1]))).size).toBe(1)
  })

  it('that opens while commits run misses none of them', async () => {
    const world = await open()
    const owner = await person(world, 'owner')
    const streams: Promise<Following>[] = []
    for (let turn = 0; turn < 30; turn++) {
      const writing = owner('POST /changes', { body: { changes: [setting(`key-${turn}`, turn)] } })
      streams.push(opened(world))
      expect((await writing).status).toBe(201)
    }
    const reply = await ask(world, {
      method: 'GET',
      path: '/values/billing?environment=production',
      credential: world.keys.reader,
    })
    const { values } = reply.json as { readonly values: { readonly billing: Record<string, unknown> } }
    for (const stream of await Promise.all(streams)) {
      await stream.until(() => 'key-29' in (stream.values()['billing'] as object))
      expect(stream.values()).toEqual(values)
    }
  })

  it('is cut where its reader leaves too much unread, and the reader is told the rest when it comes back', async () => {
    const world = await open({ streams: { mostUnreadBytes: 256 * 1024 } })
    const owner = await person(world, 'owner')
    const slow = await opened(world)
    const quick = await opened(world)
    slow.pause()
    let turn = 0
    while ((await gauge(world, 'konfig_streams_open')) === 2) {
      const text = `${++turn}`.padEnd(400_000, 'x')
      expect((await owner('PUT /namespaces/billing/configs/greeting', { body: { value: text } })).status).toBe(200)
    }
    await quick.until(() => JSON.stringify(quick.values()).includes(`"${turn}xx`))
    slow.cut()
    const again = await resume(world, slow, { credential: world.keys.reader, query: billing })
    await again.until(() => JSON.stringify(again.values()) === JSON.stringify(quick.values()))
  })

  it('ends with a word about coming back when the server does, and no new one is opened', async () => {
    const world = await openWorld()
    const streams = await Promise.all(Array.from({ length: 10 }, () => opened(world)))
    await world.close()
    for (const stream of streams) {
      await stream.ended
      expect(stream.text()).toMatch(/\n\nretry: \d+\n\n$/)
    }
    await expect(follow(world, { credential: world.keys.reader, query: billing })).rejects.toThrow('ECONNREFUSED')
  })

  it('counts once for the limits, however much it is told', async () => {
    const world = await open()
    const owner = await person(world, 'owner')
    const stream = await opened(world)
    const left = (headers: Following['headers']): number => Number(/r=(\d+)/.exec(String(headers['ratelimit']))?.[1])
    const before = left(stream.headers)
    await owner('PUT /namespaces/billing/configs/greeting', { body: { value: 'one' } })
    await stream.until(() => stream.told.length === 2)
    const next = await opened(world)
    expect(before - left(next.headers)).toBe(2)
  })

  it('answers HEAD with its headers and no event', async () => {
    const world = await open()
    const reply = await ask(world, { method: 'HEAD', path: `/stream?${billing}`, credential: world.keys.reader })
    expect([reply.status, reply.headers.get('content-type'), reply.text]).toEqual([200, 'text/event-stream', ''])
    expect(await gauge(world, 'konfig_streams_open')).toBe(0)
  })
})
