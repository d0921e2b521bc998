// The background walk goes round all logs, finds what was altered and names it.
import { randomBytes, randomUUID } from 'node:crypto'
import { localMasterKey } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import { describe, expect, it } from 'vitest'
import { openApp } from '../open.ts'
import { openWalk } from './walk.ts'

const ports = { now: Date.now, newId: randomUUID, randomBytes: (count: number) => new Uint8Array(randomBytes(count)) }

const open = async () => {
  const memory = openMemory({ clock: ports })
  const told: unknown[] = []
  const opened = await openApp({
    journal: memory.journal,
    records: memory.records,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports,
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: (reason) => told.push(reason),
  })
  for (let index = 0; index < 5; index++)
    await opened.app.recordAccess(opened.app.platformAccess, { type: 'login', actor: 'system' })
  return { ...opened, memory, told }
}

describe('the background walk', () => {
  it('verifies every log in turn, and tells of nothing where all is well', async () => {
    const { app, close, told } = await open()
    const walk = openWalk(app)
    const seen = [await walk.step(), await walk.step(), await walk.step()]
    expect(new Set(seen.slice(0, 2))).toEqual(new Set([app.platform.log, app.platformAccess]))
    expect(seen[2]).toBe(seen[0])
    expect(told).toEqual([])
    await close()
  })

  it('names the log and the revision that was altered', async () => {
    const { app, close, told, memory } = await open()
    const batches = memory.store.logs.get(app.platformAccess)?.batches ?? []
    const at = batches.findIndex(({ first }) => first === 3)
    const payload = Uint8Array.from(batches[at]?.payload ?? [])
    payload[payload.length - 1] = (payload[payload.length - 1] as number) ^ 1
    batches[at] = { ...(batches[at] as (typeof batches)[number]), payload }
    const walk = openWalk(app)
    await walk.step()
    await walk.step()
    expect(told).toMatchObject([
      { failure: { code: 'journal_corrupt', data: { log: app.platformAccess, revision: 3 } } },
    ])
    await close()
  })

  it('finds that the end of a log was cut off', async () => {
    const { app, close, told, memory } = await open()
    memory.store.logs.get(app.platformAccess)?.batches.pop()
    const walk = openWalk(app)
    await walk.step()
    await walk.step()
    expect(told).toMatchObject([{ failure: { data: { log: app.platformAccess, revision: 5 } } }])
    await close()
  })
})
