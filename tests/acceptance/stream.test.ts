// Streams over the wire: what is told, when, and to whom.
import { describe, expect, it } from 'vitest'
import { follow, resume } from '../harness/events.ts'
import { administrator, person } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'

onEachBackend((world) => {
  describe('a stream', () => {
    it('begins with all values, says where it is, and is told of a change', async () => {
      const editor = await person(world(), 'editor')
      const stream = await follow(world(), {
        credential: world().keys.reader,
        query: 'environment=production&namespace=billing',
      })
      expect(stream.status).toBe(200)
      expect(stream.headers['content-type']).toBe('text/event-stream')
      expect(stream.headers['cache-control']).toBe('no-store, no-transform')
      expect(stream.headers['x-accel-buffering']).toBe('no')
      await stream.until(() => stream.told.length === 1)
      expect(stream.text()).toMatch(/^retry: \d+\n\nevent: sync\nid: \d+-\d+\ndata: /)
      expect(stream.told[0]?.data).toEqual({
        environment: 'production',
        log: stream.headers['konfig-log'],
        values: { billing: { greeting: 'hello', limits: { a: 1 }, retries: 5 } },
      })
      await editor('PUT /namespaces/billing/configs/greeting', { body: { value: 'good day' } })
      await stream.until(() => stream.told.length === 2)
      expect(stream.told[1]).toMatchObject({
        type: 'change',
        data: { changed: { billing: { greeting: 'good day' } }, removed: {} },
      })
      stream.cut()
    })

    it('follows an application as one', async () => {
      const editor = await person(world(), 'editor')
      const stream = await follow(world(), {
        credential: world().keys.reader,
        query: 'environment=production&application=shop',
      })
      await stream.until(() => stream.told.length === 1)
      expect(stream.told[0]?.data).toMatchObject({ application: 'shop', values: { retries: 5, timeout: 30 } })
      await editor('POST /namespaces/billing/configs', { body: { key: 'added', type: 'number', value: 1 } })
      await stream.until(() => stream.values()['added'] === 1)
      await editor('DELETE /namespaces/billing/configs/added')
      await stream.until(() => stream.values()['added'] === undefined)
      expect(stream.told.at(-1)?.data).toEqual({ changed: {}, removed: ['added'] })
      stream.cut()
    })

    it('goes on where it was cut, with what was missed and nothing else', async () => {
      const editor = await person(world(), 'editor')
      const query = 'environment=production&namespace=billing,platform-defaults'
      const credential = world().keys.reader
      const stream = await follow(world(), { credential, query })
      await stream.until(() => stream.told.length === 1)
      stream.cut()
      await stream.ended
      await editor('PUT /namespaces/billing/configs/greeting', { body: { value: 'missed' } })
      const again = await resume(world(), stream, { credential, query })
      await again.until(() => again.told.length === 1)
      expect(again.told).toMatchObject([
        { type: 'change', data: { changed: { billing: { greeting: 'missed' } }, removed: {} } },
      ])
      again.cut()
    })

    it.each([
      ['another log', { 'konfig-log': 'a.b' }],
      ['a point that is none', { 'last-event-id': 'yesterday' }],
      ['a point beyond the newest', { 'last-event-id': '9-999999' }],
    ])('begins anew after %s', async (_what, headers) => {
      const query = 'environment=production&namespace=billing'
      const credential = world().keys.reader
      const stream = await follow(world(), { credential, query })
      await stream.until(() => stream.told.length === 1)
      stream.cut()
      const again = await resume(world(), stream, { credential, query, headers })
      await again.until(() => again.told.length === 1)
      expect(again.told[0]?.type).toBe('sync')
      again.cut()
    })

    it('is told of what the platform changes', async () => {
      const platform = await administrator(world())
      const stream = await follow(world(), {
        credential: world().keys.reader,
        query: 'environment=production&namespace=platform-defaults',
      })
      await stream.until(() => stream.told.length === 1)
      await platform('PUT /platform/namespaces/platform-defaults/configs/timeout', {
        query: { layer: 'plan:premium' },
        body: { value: 31 },
      })
      await stream.until(() => stream.told.length === 2)
      expect(stream.told[1]?.data).toEqual({ changed: { 'platform-defaults': { timeout: 31 } }, removed: {} })
      stream.cut()
    })

    it('is told of a brand that changes by whom it changes, and by nobody else', async () => {
      const platform = await administrator(world())
      const [acme, globex] = await Promise.all(
        [world().keys.reader, world().keys.foreign].map((credential) =>
          follow(world(), { credential, query: 'environment=production&namespace=platform-defaults' }),
        ),
      )
      if (acme === undefined || globex === undefined) throw new Error('a stream is missing')
      await Promise.all([acme, globex].map((stream) => stream.until(() => stream.told.length === 1)))
      const timeoutAt = (layer: string, value: number) =>
        platform('PUT /platform/namespaces/platform-defaults/configs/timeout', { query: { layer }, body: { value } })
      // Globex has no brand; both have the plan, whose value lies over a brand's.
      await platform('DELETE /platform/namespaces/platform-defaults/configs/timeout', {
        query: { layer: 'plan:premium' },
      })
      await timeoutAt('brand:sun', 41)
      await acme.until(() => JSON.stringify(acme.values()).includes('"timeout":41'))
      await timeoutAt('plan:premium', 42)
      await Promise.all(
        [acme, globex].map((stream) => stream.until(() => JSON.stringify(stream.values()).includes('"timeout":42'))),
      )
      expect(globex.text()).not.toContain('"timeout":41')
      acme.cut()
      globex.cut()
    })
  })
})
