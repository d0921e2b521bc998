// An installation whose tenants have all read one platform default. Told `commits N`, `read` or `made` a line: how many answers were computed is
// counted where they are kept, since each is kept exactly when it was computed.
import { createInterface } from 'node:readline'
import { type App, commit, type Context, readValue, type TenantRef } from '@konfig/app'
import type { Intention } from '@konfig/core'
import { openInstallationIn } from '../../tests/harness/installation.ts'

const [folder = '', tenants = ''] = process.argv.slice(2)
const { app: opened } = await openInstallationIn(folder)
let made = 0
const app: App = {
  ...opened,
  answers: {
    ...opened.answers,
    keep: (...answer) => {
      made++
      opened.answers.keep(...answer)
    },
  },
}
const request = { id: 'benchmark', address: '127.0.0.1' }
const write = { dryRun: false }
const platform: Context = {
  app,
  caller: { type: 'anonymous' },
  side: 'platform',
  log: app.platform,
  tenant: undefined,
  request,
  write,
}
const put = (intention: Omit<Extract<Intention, { op: 'put' }>, 'op'>) =>
  commit(platform, () => ({ ok: true, value: { intentions: [{ op: 'put', ...intention }] } }), { trusted: 'benchmark' })

let value = 0
const change = () =>
  put({ kind: 'config', namespace: 'defaults', name: 'timeout', body: { type: 'number', value: value++ } })
await put({ kind: 'namespace', name: 'defaults', body: {} })
await change()

const refs: TenantRef[] = []
for (let index = 0; index < Number(tenants); index++) {
  const ref = await app.directory.find(`tenant-${index}`)
  if (ref === undefined) throw new Error(`there is no tenant-${index}`)
  refs.push(ref)
}
const everywhere = { permissions: ['value:read'], namespaces: undefined, environments: undefined } as const
const readIn = async (tenant: TenantRef): Promise<unknown> => {
  const log = await app.logs.hold(tenant.config)
  const caller = {
    type: 'key',
    actor: 'key:benchmark',
    keyId: 'benchmark',
    tenant,
    grants: [everywhere],
    platformGrants: [],
  } as const
  return readValue(
    { app, caller, side: 'tenant', log, tenant, request, write },
    { namespace: 'defaults', key: 'timeout', environment: 'production' },
  )
}
for (const ref of refs) await readIn(ref)

/** Microseconds: of processor time, all threads, and of waiting. */
const commits = async (count: number): Promise<{ readonly busy: number; readonly waited: number }> => {
  const before = process.cpuUsage()
  const began = performance.now()
  for (let index = 0; index < count; index++) await change()
  const { user, system } = process.cpuUsage(before)
  return { busy: (user + system) / count, waited: ((performance.now() - began) * 1000) / count }
}

const answers: Readonly<Record<string, (count: number) => Promise<unknown>>> = {
  commits,
  read: async (count) => {
    for (const ref of refs.slice(0, count)) await readIn(ref)
    return made
  },
  made: async () => made,
}
createInterface({ input: process.stdin }).on('line', (line) => {
  const [name = '', count] = line.split(' ')
  void answers[name]?.(Number(count)).then((answer) => process.stdout.write(`${JSON.stringify(answer)}\n`))
})
process.stdout.write(`${made}\n`)
