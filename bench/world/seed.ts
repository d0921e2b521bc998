// Installations for benchmarks: tenants with keys, seeded once into .cache/bench and copied from there. Knows nothing of what is measured.
import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, bootstrapPlatform, closeIdentity, createApiKey, createTenant, type TenantRef } from '@konfig/app'
import type { Change, JsonObject } from '@konfig/core'
import { masterKey, type OpenInstallation, openInstallationIn } from '../../tests/harness/installation.ts'

export interface NamespaceToSeed {
  readonly name: string
  readonly keys: number
}

export interface WorldToSeed {
  readonly name: string
  readonly tenants: number
  /** The same in each tenant. */
  readonly namespaces: readonly NamespaceToSeed[]
  readonly snapshots: boolean
  /** A tenant beside them with a few keys: one that others must not disturb. */
  readonly bystander?: boolean
  /** What the tenants' API keys may do; viewer if left out. */
  readonly role?: 'viewer' | 'editor'
}

export interface Seeded {
  readonly folder: string
  /** A reader's API key of each tenant, in order. */
  readonly credentials: readonly string[]
  readonly bystander: string | undefined
}

/** Raised when worlds of an earlier version would not do any more. */
const format = 1
const cache = join(import.meta.dirname, '../../.cache/bench')
const atOnce = 128
const largestCommit = 10_000

export const keyName = (index: number): string => `service.setting-${index}`
export const bystanderKeys = 100

const put = (kind: Change['kind'], name: string, body: JsonObject, namespace?: string): Change => ({
  op: 'put',
  kind,
  name,
  id: randomUUID(),
  previous: 0,
  body,
  ...(namespace === undefined ? {} : { namespace }),
})

/** Prepared changes as one commit: what they hold was made by rule, so nothing is decided about it. */
const write = async (app: App, log: string, changes: readonly Change[]): Promise<void> => {
  const held = await app.logs.hold(log)
  await held.write({
    actor: 'system',
    origin: { type: 'bootstrap' },
    decide: () => ({ ok: true, value: { changes, platform: app.platform.state().revision, answer: undefined } }),
  })
}

const fill = async (
  app: App,
  tenant: TenantRef,
  namespaces: readonly NamespaceToSeed[],
  snapshot: boolean,
): Promise<void> => {
  let changes: Change[] = []
  for (const { name, keys } of namespaces) {
    changes.push(put('namespace', name, {}))
    for (let index = 0; index < keys; index++) {
      changes.push(put('config', keyName(index), { type: 'string', value: `value ${index} of ${tenant.name}` }, name))
      if (changes.length >= largestCommit) {
        await write(app, tenant.config, changes)
        changes = []
      }
    }
  }
  if (changes.length > 0) await write(app, tenant.config, changes)
  if (snapshot) await (await app.logs.hold(tenant.config)).saveSnapshot()
}

const makeTenant = async (
  app: App,
  name: string,
  namespaces: readonly NamespaceToSeed[],
  snapshot: boolean,
  role: NonNullable<WorldToSeed['role']> = 'viewer',
): Promise<string> => {
  const tenant = await createTenant(app, { name, plan: 'benchmark', actor: 'system', request: 'benchmark' })
  const log = await app.logs.hold(tenant.config)
  const { key } = await createApiKey(
    {
      app,
      caller: { type: 'anonymous' },
      side: 'tenant',
      log,
      tenant,
      request: { id: 'benchmark', address: '127.0.0.1' },
      write: { dryRun: false },
    },
    { name: 'reader', role, namespaces: [], environments: [] },
    'benchmark',
  )
  await fill(app, tenant, namespaces, snapshot)
  return key ?? ''
}

const seedInto = async (
  folder: string,
  world: WorldToSeed,
  say: (line: string) => void,
): Promise<Omit<Seeded, 'folder'>> => {
  writeFileSync(join(folder, 'master.key'), `${Buffer.from(masterKey).toString('base64')}\n`, { mode: 0o600 })
  return seedOn(await openInstallationIn(folder), world, say)
}

/** The world in an installation of its own, which is closed then. */
export const seedOn = async (
  { app, close }: OpenInstallation,
  world: WorldToSeed,
  say: (line: string) => void,
): Promise<Omit<Seeded, 'folder'>> => {
  await bootstrapPlatform(app)
  // Only the plan's limit is raised; requests are counted all the same.
  await write(app, app.platform.log, [put('plan', 'benchmark', { limits: { requestsPerMinute: 1e8 } })])
  const credentials: string[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(atOnce, world.tenants) }, async () => {
      for (let index = next++; index < world.tenants; index = next++) {
        credentials[index] = await makeTenant(app, `tenant-${index}`, world.namespaces, world.snapshots, world.role)
        if ((index + 1) % 1000 === 0) say(`  ${index + 1} tenants`)
      }
    }),
  )
  const bystander =
    world.bystander === true
      ? await makeTenant(app, 'bystander', [{ name: 'billing', keys: bystanderKeys }], false)
      : undefined
  await closeIdentity(app)
  await close()
  return { credentials, bystander }
}

/** The world in a folder of its own, which the caller may change and must remove. */
export const seed = async (world: WorldToSeed, say: (line: string) => void): Promise<Seeded> => {
  const kept = join(cache, `${world.name}-${format}`)
  const facts = join(kept, 'world.json')
  if (!existsSync(facts)) {
    say(`seeding ${world.name} (kept in .cache/bench)`)
    const making = `${kept}-making`
    rmSync(making, { recursive: true, force: true })
    rmSync(kept, { recursive: true, force: true })
    mkdirSync(making, { recursive: true, mode: 0o700 })
    writeFileSync(join(making, 'world.json'), JSON.stringify(await seedInto(making, world, say)))
    renameSync(making, kept)
  }
  const folder = mkdtempSync(join(tmpdir(), 'konfig-bench-'))
  cpSync(kept, folder, { recursive: true })
  return { folder, ...(JSON.parse(readFileSync(facts, 'utf8')) as Omit<Seeded, 'folder'>) }
}
