// What holds when the service is stopped, hangs or throttles, for real. Has a server of its own, since others would go down with it.
import { codeOf, outageContract } from '@konfig/journal/contract'
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
import { openProxy, type Proxy } from '../../../tests/servers/proxy.ts'
import { openDynamodb } from './open.ts'
import { batch, clock, tablesOf } from './testing/tables.ts'

let server: DynamodbServer
/** Refuses requests. */
let proxy: DynamodbProxy
/** Breaks connections. */
let wire: Proxy
let shared: DynamodbTable

const { empty, open } = tablesOf(async () => nameTable(server))

beforeAll(async () => {
  server = await startDynamodb()
  proxy = await openDynamodbProxy(server)
  wire = await openProxy(server.port)
  shared = nameTable(server)
})
afterAll(async () => {
  await wire.close()
  await proxy.close()
  await server.remove()
})

outageContract('dynamodb', {
  server: () => server,
  open: async (answerMillis = 10_000) => (await openDynamodb({ url: shared.url, clock, answerMillis })).journal,
  openBreakable: async () => (await openDynamodb({ url: shared.through(wire), clock })).journal,
  breakConnections: async () => wire.drop(),
})

describe('beyond what every server is held to', () => {
  let table: DynamodbTable
  beforeEach(async () => {
    table = await empty()
  })
  afterEach(() => proxy.refuse())

  describe('a service that throttles', () => {
    it('is asked again with pauses that grow, then unavailable; nothing is stored, and the same goes through later', async () => {
      const { journal: limited } = await open(table, { way: proxy, patience: 4000 })
      await limited.append([batch(1)])
      const before = proxy.refused()
      proxy.refuse(throttled, (operation) => operation === 'PutItem')
      expect(await codeOf(limited.append([batch(2)]))).toBe('unavailable')
      const asked = proxy.refused() - before
      proxy.refuse()
      expect(asked).toBeGreaterThan(1)
      // With even the shortest pause each time there would be two hundred.
      expect(asked).toBeLessThan(50)
      expect(await limited.head('log')).toBe(1)
      expect(await limited.append([batch(2)])).toEqual(['landed'])
    })

    it('is not noticed by anybody where it passes in time, with many writers at once', async () => {
      const { journal: limited, records } = await open(table, { way: proxy, patience: 30_000 })
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
      const landings = await limited.append([batch(1, undefined, 'a'), batch(1, undefined, 'b')])
      expect(landings.toSorted()).toEqual(['landed', 'unknown'])
    })
  })

  describe('a service that fails within itself', () => {
    it('is asked again, and where it does not recover the outcome is unknown', async () => {
      const { journal: patient } = await open(table, { way: proxy, patience: 30_000 })
      const { journal: impatient } = await open(table, { way: proxy, patience: 300 })
      let left = 2
      proxy.refuse('InternalServerError', (operation) => operation === 'PutItem' && (left -= 1) >= 0)
      expect(await patient.append([batch(1)])).toEqual(['landed'])
      left = 1000
      expect(await impatient.append([batch(2)])).toEqual(['unknown'])
    })
  })
})
