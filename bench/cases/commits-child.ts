// Measures durable commits against bare inserts in one process, in alternating rounds. Run by commits.ts, with and without a slower disk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { bootstrapPlatform, commit, type Context, createTenant } from '@konfig/app'
import { median } from '../load/processes.ts'
import { openInstallationIn } from '../../tests/harness/installation.ts'

const rounds = Number(process.argv[2])
const perRound = Number(process.argv[3])
const folder = mkdtempSync(join(tmpdir(), 'konfig-bench-'))

const bare = new DatabaseSync(join(folder, 'bare.db'))
bare.exec(
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (log TEXT, first INTEGER, payload BLOB, PRIMARY KEY (log, first))',
)
const insert = bare.prepare('INSERT INTO rows VALUES (?, ?, ?)')
const payload = new Uint8Array(400).fill(9)
let row = 0

const { app, close } = await openInstallationIn(folder)
await bootstrapPlatform(app)
const tenant = await createTenant(app, { name: 'acme', plan: 'enterprise', actor: 'system', request: 'benchmark' })
const context: Context = {
  app,
  caller: { type: 'anonymous' },
  side: 'tenant',
  log: await app.logs.hold(tenant.config),
  tenant,
  request: { id: 'benchmark', address: '127.0.0.1' },
  write: { dryRun: false },
}
const put = (kind: 'namespace' | 'config', name: string, body: Record<string, string | number>) =>
  commit(
    context,
    () => ({
      ok: true,
      value: { intentions: [{ op: 'put', kind, name, body, ...(kind === 'config' ? { namespace: 'billing' } : {}) }] },
    }),
    { trusted: 'benchmark' },
  )
await put('namespace', 'billing', {})

let value = 0
const commits = async (count: number, writers: number): Promise<number> => {
  const began = performance.now()
  const each = count / writers
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let index = 0; index < each; index++) await put('config', `key${writer}`, { type: 'number', value: value++ })
    }),
  )
  return count / (performance.now() - began)
}
const inserts = (count: number): number => {
  const began = performance.now()
  for (let index = 0; index < count; index++) insert.run('log', row++, payload)
  return count / (performance.now() - began)
}

const one: number[] = []
const many: number[] = []
inserts(perRound)
await commits(perRound, 1)
await commits(perRound * 4, 64)
for (let round = 0; round < rounds; round++) {
  const floor = inserts(perRound)
  const single = await commits(perRound, 1)
  const group = await commits(perRound * 16, 64)
  one.push(single / floor)
  many.push(group / single)
}
await close()
bare.close()
rmSync(folder, { recursive: true })
process.stdout.write(`${JSON.stringify({ one: median(one), many: median(many) })}\n`)
