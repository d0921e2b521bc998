// A server whose process also commits: 64 writers on one tenant, as fast as they can, or none. Told `write` or `rest` a line.
// Says its port, and an API key with which others can write to that tenant over HTTP.
import { createInterface } from 'node:readline'
import { commit, type Context, createApiKey } from '@konfig/app'
import { openServer, openServerLog } from '@konfig/server'
import { openInstallationIn } from '../../tests/harness/installation.ts'
import { keyName } from '../world/seed.ts'
import { namespaceName } from '../world/worlds.ts'

const writers = 64
const { app } = await openInstallationIn(process.argv[2] as string)
const server = await openServer(app, openServerLog('info', { write: () => undefined }), {
  limits: { globalPerMinute: undefined, signInPerMinute: 60 },
  corsOrigins: [],
  trusted: undefined,
  tls: undefined,
  accessLog: true,
  metrics: { mode: 'closed' },
  docs: false,
  version: '0',
})
const port = await server.listen('127.0.0.1', 0)

const tenant = await app.directory.find('tenant-0')
if (tenant === undefined) throw new Error('there is no tenant-0')
const log = await app.logs.hold(tenant.config)
const context: Context = {
  app,
  caller: { type: 'anonymous' },
  side: 'tenant',
  log,
  tenant,
  request: { id: 'benchmark', address: '127.0.0.1' },
  write: { dryRun: false },
}
let writing = false
let commits = 0
let began = 0
const write = async (writer: number): Promise<void> => {
  while (writing) {
    await commit(
      context,
      () => ({
        ok: true,
        value: {
          intentions: [
            {
              op: 'put',
              kind: 'config',
              namespace: namespaceName,
              name: keyName(writer),
              body: { type: 'string', value: `value ${commits}` },
            },
          ],
        },
      }),
      { trusted: 'benchmark' },
    )
    commits++
  }
}
let running: Promise<unknown> = Promise.resolve()
createInterface({ input: process.stdin }).on('line', (line) => {
  const before = { commits, seconds: (performance.now() - began) / 1000 }
  writing = line === 'write'
  if (writing) {
    commits = 0
    began = performance.now()
    running = Promise.all(Array.from({ length: writers }, (_, index) => write(index)))
    process.stdout.write('0\n')
  } else void running.then(() => process.stdout.write(`${before.commits / before.seconds}\n`))
})
const { key } = await createApiKey(
  context,
  { name: 'writer', role: 'editor', namespaces: [], environments: [] },
  'writes',
)
process.stdout.write(`${port} ${key}\n`)
