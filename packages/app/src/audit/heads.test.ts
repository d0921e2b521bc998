// What is noted of where a log ends is what was written there, never what somebody who holds the database put behind it.
import { type Batch, type LogHead, openLog } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TenantRef } from '../caller.ts'
import type { Context } from '../context.ts'
import { inside, openWorld, registered, type World } from '../identity/testing/world.ts'
import { retain } from './retain.ts'
import { openTending } from './tend.ts'
import { verifyAudit } from './verify.ts'

let world: World
let acme: TenantRef
let context: Context
beforeEach(async () => {
  world = await openWorld()
  const { accessToken } = await registered(world.app, 'acme')
  acme = (await world.app.directory.find('acme')) as TenantRef
  context = await inside(world.app, accessToken)
})
afterEach(() => world.close())

/** By a node that was started just now and has seen nothing of the tenant; answers what it tells of. */
const round = async (): Promise<readonly unknown[]> => {
  world.clock.now += 7 * 3600 * 1000
  const other = await openWorld({ store: world.store, clock: world.clock })
  await openTending(other.app).round()
  await other.close()
  return other.errors
}

const verified = async () => {
  const { logs } = await verifyAudit(context)
  return logs.map(({ ok, revision, reason }) => ({ ok, revision, reason }))
}

const rowsOf = (log: string): Batch[] => (world.store.logs.get(log)?.batches ?? []) as Batch[]

/** A row in the right place, whose chain is right, by somebody who has no key of the log. */
const forged = async (log: string): Promise<Batch> => {
  const sealed = await world.app.logs.sealed(log)
  let head: LogHead = { revision: 0, hash: new Uint8Array(32) }
  for (;;) {
    const page = await sealed.read(head)
    if (page.commits.length === 0) break
    head = page.head
  }
  const { journal } = openMemory({ clock: { now: () => 0 } })
  const rows: Batch[] = []
  const capture = {
    ...journal,
    append: async (batches: readonly Batch[]) => {
      rows.push(...batches)
      return batches.map(() => 'landed' as const)
    },
  }
  const [commit] = await sealed.history(0, 1)
  if (commit === undefined) throw new Error('the log is empty')
  const other = await openWorld({ master: 2 })
  const rings = other.app.rings
  await openLog(capture, rings, await rings.create(log)).append(head, [{ ...commit, revision: head.revision + 1 }])
  await other.close()
  return rows[0] as Batch
}

describe('a row that somebody put behind the end of a log', () => {
  it.each(['config', 'access'] as const)(
    'is named as what it is in the %s log, and once it is gone the log is whole',
    async (which) => {
      const log = acme[which]
      expect(await round()).toEqual([])
      const end = rowsOf(log).at(-1)?.last ?? 0
      rowsOf(log).push(await forged(log))
      const told = await round()
      expect(told).toMatchObject([{ failure: { code: 'journal_corrupt', data: { log, revision: end + 1 } } }])
      expect(await verified()).toContainEqual({
        ok: false,
        revision: end + 1,
        reason: expect.stringContaining('it was sealed under another key'),
      })
      rowsOf(log).pop()
      expect(await verified()).toMatchObject([{ ok: true }, { ok: true }])
      expect(await round()).toEqual([])
    },
  )

  it('does not keep what was written before it from being noted', async () => {
    await world.app.recordAccess(acme.access, { type: 'export', actor: 'user:x' })
    const end = rowsOf(acme.access).at(-1)?.last
    rowsOf(acme.access).push(await forged(acme.access))
    await round()
    const noted = await world.app.records.get<{ readonly revision: number }>('log-heads', acme.access)
    expect(noted?.value.revision).toBe(end)
  })
})

describe('a log that was cut and written on', () => {
  it('is not noted anew over what was noted before', async () => {
    await world.app.recordAccess(acme.access, { type: 'export', actor: 'user:x' })
    await round()
    const cut = rowsOf(acme.access).pop()
    const other = await openWorld({ store: world.store, clock: world.clock })
    for (const type of ['one', 'other']) await other.app.recordAccess(acme.access, { type, actor: 'user:x' })
    await other.close()
    expect(await round()).toMatchObject([{ failure: { code: 'journal_corrupt', data: { log: acme.access } } }])
    const noted = await world.app.records.get<{ readonly revision: number }>('log-heads', acme.access)
    expect(noted?.value.revision).toBe(cut?.last)
  })
})

describe('a log that was trimmed beyond the head that was noted', () => {
  it('is noted as it goes on', async () => {
    await round()
    for (let days = 40; days > 0; days--) {
      await world.app.recordAccess(acme.access, { type: 'export', actor: 'user:x' })
      world.clock.now += 24 * 3600 * 1000
    }
    expect((await retain(world.app, acme.access, 10)).commits).toBeGreaterThan(20)
    expect(await round()).toEqual([])
    const noted = await world.app.records.get<{ readonly revision: number }>('log-heads', acme.access)
    expect(noted?.value.revision).toBe(rowsOf(acme.access).at(-1)?.last)
  })
})
