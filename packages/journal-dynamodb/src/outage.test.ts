// What holds when the service is stopped, hangs or throttles, for real. Has a server of its own, since others would go down with it.
import type { Journal } from '@konfig/journal'
import { codeOf } from '@konfig/journal/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type DynamodbProxy,
  type DynamodbServer,
  type DynamodbTable,
  isWrite,
  nameTable,
  openDynamodbProxy,
  startDynamodb,
  throttled,
} from '../../../tests/servers/dynamodb.ts'
import { tablesOf } from './testing/tables.ts'

let server: DynamodbServer
let proxy: DynamodbProxy
let table: DynamodbTable
let journal: Journal
let log = 0
/** It may take as long as it takes. */
const patiently = { timeout: 60_000 }

const { empty, open } = tablesOf(async () => nameTable(server))
const batch = (first: number) => ({ log: `log-${log}`, first, last: first, payload: Buffer.from(`payload ${first}`) })
const land = async (first: number) => (await journal.append([batch(first)]))[0]
const woken = (at: Journal): Promise<void> =>
  new Promise((resolve) => {
    const stop = at.watch(() => {
      stop()
      resolve()
    })
  })

beforeAll(async () => {
  server = await startDynamodb()
  proxy = await openDynamodbProxy(server)
})
afterAll(async () => {
  await proxy.close()
  await server.remove()
})
beforeEach(async () => {
  log += 1
  table = await empty()
  ;({ journal } = await open(table, { patience: 400 }))
})
afterEach(() => proxy.refuse())

describe('a service that is away', () => {
  it('is unavailable to writers and readers, and when it is back both go on with what was acknowledged', async () => {
    await land(1)
    await server.stop()
    // Connections of before may break only now.
    await codeOf(journal.health())
    expect(await codeOf(land(2))).toBe('unavailable')
    expect(await codeOf(journal.read(`log-${log}`, 0, 10))).toBe('unavailable')
    expect(await codeOf(journal.health())).toBe('unavailable')
    await server.start()
    expect(await journal.head(`log-${log}`)).toBe(1)
    expect(await land(2)).toBe('landed')
  })

  it.each(['stop', 'crash'] as const)(
    '%s, while writers write: whoever is not told landed is told unknown or unavailable, and the same bytes again land',
    async (way) => {
      const told = new Map<number, string>()
      const write = async (): Promise<void> => {
        for (let at = 1; at <= 20_000; at += 1) {
          const landing = await land(at).catch(() => 'unavailable')
          told.set(at, String(landing))
          if (landing !== 'landed') return
        }
      }
      const writing = write()
      await expect.poll(() => told.size, patiently).toBeGreaterThan(20)
      await server[way]()
      await writing
      await server.start()
      const last = Math.max(...told.keys())
      expect(['unknown', 'unavailable']).toContain(told.get(last))
      expect(await land(last)).toBe('landed')
      expect(await journal.head(`log-${log}`)).toBe(last)
    },
  )

  it('wakes followers when it is back, since they may have missed something', async () => {
    const first = woken(journal)
    await land(1)
    await first
    await server.stop()
    const again = woken(journal)
    await server.start()
    await expect(again).resolves.toBeUndefined()
  })
})

describe('a service that hangs', () => {
  it('leaves the outcome of a write unknown, refuses reads, holds up no stop, and settles the same bytes once it goes on', async () => {
    const [impatient, leaving] = await Promise.all(
      [1, 2].map(async () => (await open(table, { answerMillis: 300 })).journal),
    )
    if (impatient === undefined || leaving === undefined) throw new Error('there are two')
    await leaving.health()
    await impatient.append([batch(1)])
    const thaw = server.freeze()
    const outcomes = [(await impatient.append([batch(2)]))[0], await codeOf(impatient.head(`log-${log}`))]
    await leaving.close()
    thaw()
    expect(outcomes).toEqual(['unknown', 'unavailable'])
    await expect.poll(async () => (await impatient.append([batch(2)]).catch(() => []))[0], patiently).toBe('landed')
    expect(await impatient.head(`log-${log}`)).toBe(2)
  })
})

describe('a service that throttles', () => {
  it('is asked again with pauses that grow, then unavailable; nothing is stored, and the same goes through later', async () => {
    const { journal: limited } = await open(table, { way: proxy, patience: 400 })
    await limited.append([batch(1)])
    const before = proxy.refused()
    proxy.refuse(throttled, (operation) => operation === 'PutItem')
    expect(await codeOf(limited.append([batch(2)]))).toBe('unavailable')
    const asked = proxy.refused() - before
    proxy.refuse()
    expect(asked).toBeGreaterThan(1)
    // With even the shortest pause each time there would be twenty.
    expect(asked).toBeLessThan(15)
    expect(await journal.head(`log-${log}`)).toBe(1)
    expect(await limited.append([batch(2)])).toEqual(['landed'])
  })

  it('is not noticed by anybody where it passes in time, with many writers at once', async () => {
    const { journal: limited, records } = await open(table, { way: proxy, patience: 5000 })
    let left = 40
    proxy.refuse(throttled, (operation) => isWrite(operation) && (left -= 1) >= 0)
    const landings = await Promise.all(
      Array.from({ length: 32 }, (_, at) =>
        limited.append([{ log: `many-${at}`, first: 1, last: 1, payload: Buffer.from('x') }]),
      ),
    )
    expect(landings.flat().every((landing) => landing === 'landed')).toBe(true)
    expect(left).toBeLessThan(0)
    const write = { collection: 'users', id: 'u', expected: undefined, version: 'v', value: Buffer.from('x') }
    left = 3
    expect(await records.put(write)).toBe('landed')
  })

  it('lets some of a call land and leaves the others unknown, never refused', async () => {
    const { journal: limited } = await open(table, { way: proxy, patience: 100 })
    let left = 1
    proxy.refuse(throttled, (operation) => operation === 'PutItem' && (left -= 1) < 0)
    const landings = await limited.append([
      { ...batch(1), log: 'a' },
      { ...batch(1), log: 'b' },
    ])
    expect(landings.toSorted()).toEqual(['landed', 'unknown'])
  })
})

describe('a service that fails within itself', () => {
  it('is asked again, and where it does not recover the outcome is unknown', async () => {
    const { journal: failing } = await open(table, { way: proxy, patience: 300 })
    let left = 2
    proxy.refuse('InternalServerError', (operation) => operation === 'PutItem' && (left -= 1) >= 0)
    expect(await failing.append([batch(1)])).toEqual(['landed'])
    left = 1000
    expect(await failing.append([batch(2)])).toEqual(['unknown'])
  })
})
