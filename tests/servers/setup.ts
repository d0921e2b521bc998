// Before and after a run of the suites: a desk that starts each server when it is first asked for, once for all processes, and ends it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { borrow, deskVariable, type Shared } from './desk.ts'
import { startDynamodb } from './dynamodb.ts'
import { startFerretdb } from './ferretdb.ts'
import { startMariadb } from './mariadb.ts'
import { startMysql } from './mysql.ts'
import { startPostgres } from './postgres.ts'

type Started = { readonly remove: () => Promise<void> }
const starters: { readonly [Name in keyof Shared]: () => Promise<Shared[Name] & Started> } = {
  dynamodb: () => startDynamodb({ durable: false }),
  // On the PostgreSQL that the others use.
  ferretdb: async () => startFerretdb({ on: await borrow('postgres') }),
  mariadb: startMariadb,
  mysql: startMysql,
  postgres: startPostgres,
}

/** Called once for each suite of a run; the first one opens the desk, for all. */
export const setup = async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env[deskVariable] !== undefined) return undefined
  const started = new Map<string, Promise<Shared[keyof Shared] & Started>>()
  // Who keeps a connection finds it there, however late: a process that is kept waiting would else ask on one that was just closed.
  const desk = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const name = (request.url ?? '').slice(1) as keyof Shared
    if (!Object.hasOwn(starters, name)) {
      response.writeHead(404).end('there is no such server')
      return
    }
    const server = started.get(name) ?? starters[name]()
    started.set(name, server)
    server.then(
      (address) => response.end(JSON.stringify(address)),
      (reason: unknown) => response.writeHead(500).end(String(reason)),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  process.env[deskVariable] = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`
  return async () => {
    delete process.env[deskVariable]
    desk.closeAllConnections()
    desk.close()
    await Promise.allSettled([...started.values()].map(async (server) => (await server).remove()))
  }
}
