// Both contract suites on FerretDB. Frozen by ending the server, whose data stays with PostgreSQL; cut by a proxy that loses the answer.
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import { afterAll, beforeAll } from 'vitest'
import { borrow } from '../../../tests/servers/desk.ts'
import { createDatabase, type FerretdbServer, startFerretdb, withClient } from '../../../tests/servers/ferretdb.ts'
import { openProxy, type Proxy } from '../../../tests/servers/proxy.ts'
import { openMongodb } from './open.ts'
import { names } from './schema/documents.ts'

let server: FerretdbServer
let proxy: Proxy
let direct = ''
let url = ''

const open = (clock: Clock) => openMongodb({ url, clock, patience: 1000 })
const emptied = [names.batches, names.blobs, names.parts, names.snapshots, names.records]
/** A request that inserts; the first after the lever was pulled is the write. */
const inserts = (bytes: Buffer): boolean => bytes.includes('insert\0')

beforeAll(async () => {
  server = await startFerretdb({ on: await borrow('postgres') })
  proxy = await openProxy(server.port)
  direct = (await createDatabase(server)).url
  url = direct.replace(`:${server.port}/`, `:${proxy.port}/`)
  await (await open({ now: Date.now })).journal.close()
})
afterAll(async () => {
  await proxy.close()
  await server.remove()
})

const levers = {
  reset: () =>
    withClient(direct, async (client) => {
      for (const name of emptied) await client.db().collection(name).deleteMany({})
    }),
  freeze: async () => {
    await server.crash()
    // That its connections are gone is heard through the proxy, a little later.
    await wait(50)
    return server.start
  },
  cut: async () => proxy.cut(inserts),
}

journalContract('mongodb', { ...levers, open: async () => (await open({ now: Date.now })).journal })
recordsContract('mongodb', { ...levers, open: async (clock) => (await open(clock)).records })
