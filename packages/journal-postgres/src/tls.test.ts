// The way to the server encrypted: what each mode believes. Has a server of its own, with a certificate for localhost.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createDatabase,
  type PostgresDatabase,
  type PostgresServer,
  query,
  startPostgres,
} from '../../../tests/servers/postgres.ts'
import { openPostgres } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-tls-'))
const [certificate, key] = [join(folder, 'server.pem'), join(folder, 'server.key')]
let server: PostgresServer
let database: PostgresDatabase

beforeAll(async () => {
  execFileSync(
    'openssl',
    // biome-ignore format: one option and its value a line
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
    { stdio: 'pipe' },
  )
  server = await startPostgres({ tls: { cert: readFileSync(certificate), key: readFileSync(key) } })
  database = await createDatabase(server)
  await (await openPostgres({ ...database, clock: { now: Date.now } })).journal.close()
})
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true })
})

const at = (host: string, parameters: string): string => {
  const url = new URL(database.url)
  url.hostname = host
  url.search = parameters
  return url.href
}
const open = async (url: string): Promise<readonly { readonly ssl: boolean }[]> => {
  const { journal } = await openPostgres({ url, clock: { now: Date.now } })
  await journal.health()
  const rows = await query<{ ssl: boolean }>(
    database.superUrl,
    "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'konfig'",
  )
  await journal.close()
  return rows
}

describe('a server with a certificate of its own making', () => {
  it('is spoken to encrypted where the URL asks for it', async () => {
    expect(await open(at('127.0.0.1', 'sslmode=require'))).toEqual([{ ssl: true }])
    expect(await open(at('127.0.0.1', 'sslmode=disable'))).toEqual([{ ssl: false }])
  })

  it('is believed where its authority is named, and, for verify-full, so is the host', async () => {
    expect(await open(at('localhost', `sslmode=verify-full&sslrootcert=${certificate}`))).toEqual([{ ssl: true }])
    expect(await open(at('127.0.0.1', `sslmode=verify-ca&sslrootcert=${certificate}`))).toEqual([{ ssl: true }])
  })

  it('is refused where its authority is not known, or its certificate is for another host', async () => {
    await expect(open(at('localhost', 'sslmode=verify-full'))).rejects.toThrow(/self.signed certificate/)
    await expect(open(at('127.0.0.1', `sslmode=verify-full&sslrootcert=${certificate}`))).rejects.toThrow(
      /IP.*127\.0\.0\.1/,
    )
  })
})
