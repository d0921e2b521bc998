// Access logs on each backend: trimmed by two nodes at once while others write, read on by both, and every altered row named.
import { randomBytes, randomUUID } from 'node:crypto'
import { type App, openApp, openTending } from '@konfig/app'
import { localMasterKey, verifyLog } from '@konfig/journal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backends, newPlace, type Place } from '../harness/place.ts'

const day = 24 * 3600 * 1000
const clock = { at: Date.UTC(2026, 0, 1) }
const ports = {
  now: () => clock.at,
  newId: randomUUID,
  randomBytes: (count: number) => new Uint8Array(randomBytes(count)),
}

const open = async (place: Place): Promise<{ readonly app: App; readonly close: () => Promise<void> }> => {
  const stored = await place.open(ports)
  const { app, close } = await openApp({
    ...stored,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports,
    options: {
      registration: 'closed',
      apiKeyCost: 4,
      accessTokenSeconds: 900,
      refreshTokenDays: 30,
      accessLogDays: 10,
    },
    stateBytes: 1e8,
    pastBytes: 1e7,
    onError: (reason) => {
      throw reason
    },
  })
  return {
    app,
    close: async () => {
      await close()
      await stored.journal.close()
      await stored.records.close()
    },
  }
}

describe.each(backends)('access logs on %s', (backend) => {
  let place: Place
  let nodes: readonly Awaited<ReturnType<typeof open>>[] = []
  const note = (app: App): Promise<void> =>
    app.recordAccess(app.platformAccess, { type: 'login', actor: 'system', data: { at: clock.at } })

  beforeAll(async () => {
    place = await newPlace(backend)
    nodes = [await open(place), await open(place)]
  })
  afterAll(async () => {
    for (const { close } of nodes) await close()
    await place.remove()
  })

  it('are trimmed and written at once by two nodes, lose nothing that is young, and verify on both', async () => {
    const [{ app: one }, { app: other }] = nodes as [(typeof nodes)[number], (typeof nodes)[number]]
    for (let count = 0; count < 25; count++) {
      clock.at += day
      await note(count % 2 === 0 ? one : other)
    }
    const rounds = [one, other, one].map((app) => openTending(app).round())
    const writes = Array.from({ length: 12 }, (_, at) => note(at % 2 === 0 ? one : other))
    const trimmed = (await Promise.all(rounds)).reduce((sum, done) => sum + (done?.trimmed ?? 0), 0)
    await Promise.all(writes)
    expect(trimmed).toBe(14)
    for (const { app } of nodes) {
      const ring = await app.rings.create(app.platformAccess)
      // The last write stands behind what was told of heads.
      expect(await verifyLog(app.journal, app.platformAccess, ring)).toMatchObject({
        ok: true,
        begins: { revision: 14, until: clock.at - 11 * day },
      })
      await (await app.logs.hold(app.platformAccess)).catchUp()
      await note(app)
    }
    const third = await open(place)
    await note(third.app)
    const sealed = await third.app.logs.sealed(third.app.platformAccess)
    expect((await sealed.history(0, 100)).map(({ time }) => time).every((time) => time >= clock.at - 10 * day)).toBe(
      true,
    )
    await third.close()
  })

  it('name the row that was altered', async () => {
    for (const { close } of nodes) await close()
    nodes = []
    for (const first of [15, 17]) {
      const copy = await place.copy()
      const before = await open(copy)
      const log = before.app.platformAccess
      await before.close()
      copy.damage(log, first)
      const node = await open(copy)
      const ring = await node.app.rings.create(log)
      expect(await verifyLog(node.app.journal, log, ring)).toMatchObject({ ok: false, revision: first })
      await node.close()
      await copy.remove()
    }
  })
})
