// Access logs are kept as long as their plan says, and say that they were trimmed; what goes is signed for.
import { verifyLog } from '@konfig/journal'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inside, logIn, openWorld, registered, type World } from '../identity/testing/world.ts'
import type { TenantRef } from '../caller.ts'
import { exportAudit } from './export.ts'
import { listAudit } from './list.ts'
import { openTending } from './tend.ts'
import { verifyAudit } from './verify.ts'

const day = 24 * 3600 * 1000
let world: World
let acme: TenantRef
beforeEach(async () => {
  world = await openWorld()
  await registered(world.app, 'acme')
  acme = (await world.app.directory.find('acme')) as TenantRef
})
afterEach(() => world.close())

/** An event each day, of as many days. */
const live = async (days: number, log = acme.access): Promise<void> => {
  for (let index = 0; index < days; index++) {
    await world.app.recordAccess(log, { type: 'export', actor: 'user:x', data: { index } })
    world.clock.now += day
  }
}

const planOf = async (name: string, plan: string): Promise<void> => {
  await world.app.directory.update(name, (entry) => ({ ...entry, plan }))
}

const kept = async (log: string, app = world.app): Promise<readonly number[]> => {
  const sealed = await app.logs.sealed(log)
  return (await sealed.history(0, 1000)).map(({ revision }) => revision)
}

const round = async (): Promise<unknown> => {
  world.clock.now += 7 * 3600 * 1000
  return openTending(world.app).round()
}

describe('the retention of access logs', () => {
  it('takes what is older than the plan allows, and not an hour more', async () => {
    await planOf('acme', 'free')
    const before = (await kept(acme.access)).length
    await live(40)
    await round()
    const sealed = await world.app.logs.sealed(acme.access)
    const commits = await sealed.history(0, 1000)
    const oldest = world.clock.now - 30 * day
    expect(commits.every(({ time }) => time >= oldest)).toBe(true)
    const begins = await sealed.begins()
    expect(begins?.until).toBeLessThan(oldest)
    expect(begins?.revision).toBe(before + 40 - commits.length)
    expect(commits.length).toBe(29)
  })

  it.each([['enterprise'], ['nothing-of-that-name']])('keeps all for ever on plan %s', async (plan) => {
    await planOf('acme', plan)
    await live(3)
    world.clock.now += 9000 * day
    await round()
    expect(await (await world.app.logs.sealed(acme.access)).begins()).toBeUndefined()
  })

  it('leaves the installation to say where no plan does, and then trims the log of the platform too', async () => {
    const other = await openWorld({ store: world.store, clock: world.clock, options: { accessLogDays: 2 } })
    await live(5)
    await live(5, world.app.platformAccess)
    await openTending(other.app).round()
    for (const log of [acme.access, world.app.platformAccess]) {
      const sealed = await other.app.logs.sealed(log)
      expect((await sealed.begins())?.until).toBeLessThan(world.clock.now - 2 * day)
    }
    for (const log of [acme.config, world.app.platform.log])
      expect(await (await other.app.logs.sealed(log)).begins()).toBeUndefined()
    await other.close()
  })

  it('goes on writing to a log that was trimmed, on a node that holds it and on one that loads it', async () => {
    await planOf('acme', 'free')
    await live(40)
    await round()
    await live(1)
    const other = await openWorld({ store: world.store, clock: world.clock })
    await other.app.recordAccess(acme.access, { type: 'login', actor: 'user:y' })
    await live(1)
    expect(await kept(acme.access)).toEqual(await kept(acme.access, other.app))
    const ring = await world.app.rings.create(acme.access)
    expect(await verifyLog(world.app.journal, acme.access, ring)).toMatchObject({ ok: true })
    await other.close()
  })

  it('is done by one of many nodes at a time, and by another where that one died', async () => {
    await planOf('acme', 'free')
    await live(40)
    world.clock.now += day
    const tending = [openTending(world.app), openTending(world.app), openTending(world.app)]
    const done = await Promise.all(tending.map(({ round: go }) => go()))
    expect(done.filter((each) => each !== undefined)).toHaveLength(1)
    expect(await tending[1]?.round()).toBeUndefined()
    // Claimed, and never finished.
    const claimed = await world.app.records.get('audit-rounds', 'round')
    await world.app.records.put('audit-rounds', 'round', claimed?.version, { until: world.clock.now + 3600_000 })
    expect(await tending[1]?.round()).toBeUndefined()
    world.clock.now += 3600_001
    expect(await tending[1]?.round()).toBeDefined()
  })

  it('survives being killed between any two writes: what is left verifies, and the next round finishes', async () => {
    await planOf('acme', 'free')
    await live(35)
    const ring = await world.app.rings.create(acme.access)
    for (let survived = 0; survived < 4; survived++) {
      let left = survived
      const dying = {
        ...world.app,
        journal: {
          ...world.app.journal,
          trim: async (...given: Parameters<typeof world.app.journal.trim>) => {
            if (left-- === 0) throw new Error('killed before')
            const done = await world.app.journal.trim(...given)
            if (left-- === 0) throw new Error('killed behind')
            return done
          },
        },
      }
      await openTending(dying).round()
      world.clock.now += 9 * 3600 * 1000
      expect(await verifyLog(world.app.journal, acme.access, ring)).toMatchObject({ ok: true })
    }
    await round()
    const begins = await (await world.app.logs.sealed(acme.access)).begins()
    expect(begins?.until).toBeLessThan(world.clock.now - 30 * day)
  })

  it('keeps the log of a tenant that was erased', async () => {
    await world.app.directory.update('acme', (entry) => ({ ...entry, standing: 'closed', status: 'closed' }))
    await live(3)
    await round()
    expect(await (await world.app.logs.sealed(acme.access)).begins()).toBeUndefined()
  })
})

describe('the list of a trimmed log', () => {
  const context = async () => inside(world.app, (await logIn(world.app, 'owner@acme.example')).accessToken)
  const trimmed = { type: 'trimmed', log: 'access' }

  it('ends with what was trimmed, whatever it was asked for, and so do the exports', async () => {
    await planOf('acme', 'free')
    await live(40)
    await round()
    const asking = await context()
    const all = await listAudit(asking, { limit: 1000 })
    expect(all.items.filter(({ type }) => type === 'trimmed')).toMatchObject([
      { ...trimmed, data: { entries: expect.any(Number), until: expect.any(String), trimmedAt: expect.any(String) } },
    ])
    expect((await listAudit(asking, { type: 'no-such-type' })).items).toMatchObject([trimmed])
    expect((await exportAudit(asking, {}, 'csv')).text).toContain(',trimmed,')
    expect((await exportAudit(asking, {}, 'syslog')).text).toContain(' trimmed [')
    // A time from which on all is there is answered whole.
    const from = new Date(world.clock.now - 5 * day).toISOString()
    expect((await listAudit(asking, { from, limit: 1000 })).items.some(({ type }) => type === 'trimmed')).toBe(false)
    // One at which nothing is left is not an empty list.
    const to = new Date(world.clock.now - 36 * day).toISOString()
    expect((await listAudit(asking, { to, type: 'export' })).items).toMatchObject([trimmed])
  })

  it('says it once, on whichever page that is', async () => {
    await planOf('acme', 'free')
    await live(40)
    await round()
    const asking = await context()
    const types: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await listAudit(asking, { limit: 3, ...(cursor === undefined ? {} : { cursor }) })
      types.push(...page.items.map(({ type }) => type))
      if (page.next === null) break
      cursor = page.next
    }
    expect(types.filter((type) => type === 'trimmed')).toHaveLength(1)
    const whole = await listAudit(asking, { limit: 1000 })
    expect(types).toEqual(whole.items.map(({ type }) => type))
  })
})

describe('verifying the audit', () => {
  const context = async () => inside(world.app, (await logIn(world.app, 'owner@acme.example')).accessToken)
  const rows = (log: string) => world.store.logs.get(log)?.batches ?? []

  it('answers where each log stands, signed, and takes that back later', async () => {
    const first = await verifyAudit(await context())
    expect(first.ok).toBe(true)
    const heads = first.logs.map(({ head }) => head ?? '')
    await live(3)
    expect(await verifyAudit(await context(), heads)).toMatchObject({ ok: true })
    await planOf('acme', 'free')
    await live(40)
    await round()
    expect(await verifyAudit(await context(), heads)).toMatchObject({
      ok: true,
      logs: [{ trimmed: null }, { trimmed: { revision: expect.any(Number) } }],
    })
  })

  it('finds the end cut off a log by a head that was kept, by one that was noted, and by what a node has seen', async () => {
    await live(3)
    const { logs } = await verifyAudit(await context())
    const asking = await context()
    const end = rows(acme.access).at(-1)?.last ?? 0
    rows(acme.access).pop()
    rows(acme.access).pop()
    // This node has seen more.
    expect(await verifyAudit(asking)).toMatchObject({
      ok: false,
      logs: [{ ok: true }, { ok: false, revision: end - 1 }],
    })
    // A node that was started since knows it by the line alone.
    const other = await openWorld({ store: world.store, clock: world.clock })
    const elsewhere = { ...asking, app: other.app, log: await other.app.logs.hold(acme.config) }
    expect((await verifyAudit(elsewhere)).ok).toBe(true)
    expect(await verifyAudit(elsewhere, [logs[1]?.head ?? ''])).toMatchObject({
      ok: false,
      logs: [{ ok: true }, { ok: false, revision: end - 1 }],
    })
    await other.close()
  })

  it('finds it by what was noted in the round before', async () => {
    await live(3)
    await round()
    const asking = await context()
    rows(acme.access).splice(2)
    const other = await openWorld({ store: world.store, clock: world.clock })
    const elsewhere = { ...asking, app: other.app, log: await other.app.logs.hold(acme.config) }
    expect(await verifyAudit(elsewhere)).toMatchObject({ ok: false, logs: [{ ok: true }, { ok: false, revision: 3 }] })
    world.store.logs.get(acme.access)?.batches.splice(0)
    expect(await verifyAudit(elsewhere)).toMatchObject({ ok: false, logs: [{ ok: true }, { ok: false, revision: 1 }] })
    await other.close()
  })

  it('names a log that a kept head speaks of and that is none of the tenant, and believes no line that it did not sign', async () => {
    const { logs } = await verifyAudit(await context())
    await registered(world.app, 'globex')
    const asking = await inside(world.app, (await logIn(world.app, 'owner@globex.example')).accessToken)
    expect(await verifyAudit(asking, [logs[0]?.head ?? ''])).toMatchObject({
      ok: false,
      logs: [{ ok: true }, { ok: true }, { log: 'gone', ok: false, id: acme.config }],
    })
    const line = (logs[0]?.head ?? '').replace(/ \d+ /, ' 999 ')
    expect(() => verifyAudit(asking, [line])).toThrow(/not to be believed/)
  })
})
