// Both contract suites on FerretDB. Frozen by ending the server, whose data stays with PostgreSQL; cut by a proxy that loses the answer.
import { connect } from 'node:net'
import type { Clock } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import { afterAll, beforeAll, expect } from 'vitest'
import { borrow } from '../../../tests/servers/desk.ts'
import { createDatabase, type FerretdbServer, startFerretdb, withClient } from '../../../tests/servers/ferretdb.ts'
import { openProxy, type Proxy } from '../../../tests/servers/proxy.ts'
import { openMongodb } from './open.ts'
import { names } from './schema/documents.ts'

let server: FerretdbServer
let proxy: Proxy
let direct = ''
let url = ''

/** A busy machine needs its time to find a server that is there, too. */
const open = (clock: Clock, patience = 30_000) => openMongodb({ url, clock, patience: Math.max(patience, 2000) })
const emptied = [names.batches, names.blobs, names.parts, names.snapshots, names.records]
/** A connection that is made now and ends at once, since nobody is behind the proxy. */
const comeAndGo = (): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(proxy.port, '127.0.0.1')
    socket.on('error', () => undefined).on('close', () => resolve())
    socket.resume()
  })
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
    // That connections are gone is heard through the proxy, a little later: those that were there before one that came after them.
    await expect.poll(proxy.connections).toBe(0)
    await comeAndGo()
    return server.start
  },
  cut: async () => proxy.cut(inserts),
}

journalContract('mongodb', { ...levers, open: async (patience) => (await open({ now: Date.now }, patience)).journal })
recordsContract('mongodb', { ...levers, open: async (clock, patience) => (await open(clock, patience)).records })
