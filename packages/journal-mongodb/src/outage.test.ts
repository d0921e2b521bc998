// What holds when the server is stopped, hangs, or loses connections, for real. Has a server of its own, since others would go down with it.
import { codeOf, outageContract } from '@konfig/journal/contract'
import type { Journal } from '@konfig/journal'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createDatabase,
  type FerretdbServer,
  type MongodbDatabase,
  startFerretdb,
  withClient,
} from '../../../tests/servers/ferretdb.ts'
import { openProxy, type Proxy } from '../../../tests/servers/proxy.ts'
import { type MongodbOptions, openMongodb } from './open.ts'
import { inlineBytes, names, partBytes } from './schema/documents.ts'

let server: FerretdbServer
let database: MongodbDatabase
let proxy: Proxy
let journal: Journal
let log = 0

const named = (): string => `log-${log}`
const batch = (first: number, payload = Buffer.from(`payload ${first}`)) => ({
  log: named(),
  first,
  last: first,
  payload,
})
const land = async (first: number) => (await journal.append([batch(first)]))[0]
const reopen = async (more: Partial<MongodbOptions> = {}): Promise<Journal> =>
  (await openMongodb({ url: database.url, clock: { now: Date.now }, ...more })).journal
const throughProxy = (): string => database.url.replace(`:${server.port}/`, `:${proxy.port}/`)
/** How a request begins that inserts parts: the command, the length of its text, the text. */
const insertsParts = Buffer.from(`insert\0${String.fromCharCode(names.parts.length + 1)}\0\0\0${names.parts}\0`)
const count = (collection: string): Promise<number> =>
  withClient(database.url, (client) => client.db().collection(collection).countDocuments({ log: named() }))

beforeAll(async () => {
  server = await startFerretdb({ durable: true })
  proxy = await openProxy(server.port)
  database = await createDatabase(server)
})
afterAll(async () => {
  await proxy.close()
  await server.remove()
})
outageContract('mongodb', {
  server: () => server,
  open: (answerMillis = 10_000) => reopen({ answerMillis }),
  openBreakable: () => reopen({ url: throughProxy() }),
  breakConnections: async () => proxy.drop(),
})

describe('beyond what every server is held to', () => {
  beforeEach(async () => {
    log += 1
    journal = await reopen()
  })
  afterEach(async () => {
    await journal.close()
  })

  describe('a server whose own store goes', () => {
    it('tells nobody landed of what is not there, and goes on by itself', async () => {
      const told = new Map<number, string>()
      const write = async (): Promise<void> => {
        for (let at = 1; at <= 20_000; at += 1) {
          const landing = await land(at).catch(() => 'unavailable')
          told.set(at, String(landing))
          if (landing !== 'landed') return
        }
      }
      const writing = write()
      await expect.poll(() => told.size).toBeGreaterThan(20)
      await server.postgres?.crash()
      await writing
      const last = Math.max(...told.keys())
      expect(['unknown', 'unavailable']).toContain(told.get(last))
      expect(await codeOf(journal.health())).toBe('unavailable')
      await server.postgres?.start()
      await expect.poll(() => land(last).catch(() => 'unavailable')).toBe('landed')
      expect(await journal.head(named())).toBe(last)
    })
  })

  describe('a crowd', () => {
    it('is answered over no more connections than it may have', async () => {
      const few = await reopen({ url: `${database.url}&connections=3` })
      await land(1)
      const heads = await Promise.all(Array.from({ length: 100 }, () => few.head(named())))
      expect(heads).toEqual(heads.map(() => 1))
      await few.close()
    })
  })

  describe('a payload larger than a document', () => {
    const payload = Buffer.alloc(20 * 1024 * 1024, 7)

    it('is one batch of several parts, all of it or nothing', async () => {
      expect(await journal.append([batch(1, payload)])).toEqual(['landed'])
      const read = await journal.read(named(), 0, 1)
      expect(read === 'erased' ? read : read.map((one) => Buffer.compare(payload, one.payload))).toEqual([0])
      expect([await count(names.batches), await count(names.blobs), await count(names.parts)]).toEqual([
        1,
        1,
        payload.byteLength / partBytes,
      ])
      expect(await journal.append([batch(1, Buffer.alloc(payload.byteLength))])).toEqual(['conflict'])
      await expect.poll(() => count(names.blobs)).toBe(1)
      await journal.erase(named())
      expect([await count(names.blobs), await count(names.parts)]).toEqual([0, 0])
    })

    it('is nothing to readers when the server goes in the middle of its parts, and may be sent again', async () => {
      await land(1)
      const through = await reopen({ url: throughProxy() })
      let inserts = 0
      const isSecondOfParts = (bytes: Buffer): boolean => bytes.includes(insertsParts) && ++inserts === 2
      const held = proxy.hold(isSecondOfParts)
      const sending = through.append([batch(2, payload)]).catch((error: unknown) => error)
      await held
      expect([await count(names.blobs), (await count(names.parts)) > 0]).toEqual([1, true])
      await server.crash()
      expect(await codeOf(Promise.reject(await sending))).toBe('unavailable')
      await server.start()
      expect(await journal.head(named())).toBe(1)
      const page = await journal.read(named(), 0, 10)
      expect(page === 'erased' ? page : page.map(({ last }) => last)).toEqual([1])
      expect(await journal.append([batch(2, payload)])).toEqual(['landed'])
      await through.close()
    })

    it('leaves what nobody finished for a day at most, and nothing that is in use', async () => {
      const large = () => Buffer.alloc(inlineBytes + 1, 1)
      await journal.append([batch(1, large())])
      await withClient(database.url, async (client) => {
        const of = (name: string) => client.db().collection<{ _id: string }>(name)
        await of(names.blobs).insertOne({ _id: 'left', log: named(), at: 0 } as never)
        await of(names.parts).insertOne({ _id: 'left\n0', blob: 'left', log: named() } as never)
        await of(names.blobs).updateMany({ log: named() }, { $set: { at: 0 } })
      })
      await journal.append([batch(2, large())])
      await expect.poll(() => count(names.blobs)).toBe(2)
      const read = await journal.read(named(), 0, 10)
      expect(read === 'erased' ? read : read.map((one) => one.payload.byteLength)).toEqual([
        inlineBytes + 1,
        inlineBytes + 1,
      ])
      expect(await count(names.parts)).toBe(2)
    })
  })
})
