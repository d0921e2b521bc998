// A whole node on memory for the tests of this package: one tenant `acme` with namespace `billing`, and keys for it.
import {
  type App,
  bootstrapPlatform,
  closeIdentity,
  commit,
  type Context,
  createApiKey,
  createTenant,
  openApp,
  type TenantRef,
} from '@konfig/app'
import type { Operation } from '@konfig/api'
import { localMasterKey } from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import { openServerLog } from '../log/server-log.ts'
import { openServer, type Server, type ServerOptions } from '../server.ts'
import { ports as realPorts } from '../start.ts'

export interface TestNode {
  readonly app: App
  readonly server: Server
  readonly tenant: TenantRef
  readonly clock: { time: number }
  /** Lines of the server log. */
  readonly lines: () => readonly string[]
  readonly key: (role: string, environments?: readonly string[]) => Promise<string>
  readonly close: () => Promise<void>
}

export const testOptions: ServerOptions = {
  limits: { globalPerMinute: undefined, signInPerMinute: 1000 },
  corsOrigins: [],
  trusted: undefined,
  tls: undefined,
  accessLog: true,
  metrics: { mode: 'open-on-loopback' },
  docs: false,
  version: '0.0.0-test',
}

export const openTestNode = async (
  given: {
    readonly options?: Partial<ServerOptions>
    readonly operations?: readonly Operation[]
    readonly plan?: string
  } = {},
): Promise<TestNode> => {
  const clock = { time: Date.UTC(2026, 7, 1, 12) }
  const ports = { ...realPorts, now: () => clock.time }
  const memory = openMemory({ clock: ports })
  const { app, close } = await openApp({
    journal: memory.journal,
    records: memory.records,
    master: localMasterKey(new Uint8Array(32).fill(1)),
    ports,
    options: { registration: 'open', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 1e9,
    pastBytes: 1e8,
    onError: () => undefined,
  })
  await bootstrapPlatform(app)
  const tenant = await createTenant(app, {
    name: 'acme',
    plan: given.plan ?? 'premium',
    actor: 'system',
    request: 'test',
  })
  const context: Context = {
    app,
    caller: { type: 'anonymous' },
    side: 'tenant',
    log: await app.logs.hold(tenant.config),
    tenant,
    request: { id: 'test', address: '127.0.0.1' },
    write: { dryRun: false },
  }
  const number = (name: string, value: number) =>
    ({ op: 'put', kind: 'config', namespace: 'billing', name, body: { type: 'number', value } }) as const
  await commit(
    context,
    () => ({
      ok: true,
      value: {
        intentions: [
          { op: 'put', kind: 'namespace', name: 'billing', body: {} },
          number('retries', 3),
          number('limit.day', 10),
        ],
      },
    }),
    { trusted: 'the world of a test' },
  )

  let text = ''
  const log = openServerLog('info', {
    write: (line) => {
      text += line
    },
  })
  const server = await openServer(app, log, { ...testOptions, ...given.options }, given.operations)
  server.ready()
  let keys = 0
  return {
    app,
    server,
    tenant,
    clock,
    lines: () => text.split('\n').filter((line) => line !== ''),
    key: async (role, environments = []) => {
      const made = await createApiKey(
        context,
        { name: `key-${++keys}`, role, namespaces: [], environments },
        'the world of a test',
      )
      return made.key ?? ''
    },
    close: async () => {
      await server.stop(1000)
      await closeIdentity(app)
      await close()
      await memory.journal.close()
    },
  }
}
