// The way to the server encrypted: what each mode believes. Has a server of its own, with a certificate for localhost.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  borrowDatabase,
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

describe('a URL that asks for another way than the server speaks', () => {
  it('is told so, and what to write, where the server speaks no TLS', async () => {
    const plain = await borrowDatabase()
    await expect(open(`${plain.url}?sslmode=require`)).rejects.toThrow(
      /does not speak TLS: take sslmode out of KONFIG_JOURNAL/,
    )
    await plain.drop()
  })

  it('is told so where the server takes encrypted connections only', async () => {
    const [file] = await query<{ path: string }>(database.superUrl, "SELECT current_setting('hba_file') AS path")
    const path = file?.path ?? ''
    const before = readFileSync(path)
    const rules = (text: string | Uint8Array): Promise<unknown> => {
      writeFileSync(path, text)
      return query(database.superUrl, 'SELECT pg_reload_conf()')
    }
    const { username } = new URL(database.url)
    await rules(`hostssl all ${username} all trust\nhostnossl all ${username} all reject\n${before.toString()}`)
    try {
      await expect
        .poll(() => open(at('127.0.0.1', 'sslmode=disable')).catch((reason: Error) => reason.message), {
          timeout: 30_000,
        })
        .toMatch(/unencrypted\. Write sslmode=verify-full in KONFIG_JOURNAL/)
      expect(await open(at('127.0.0.1', 'sslmode=require'))).toEqual([{ ssl: true }])
    } finally {
      await rules(before)
    }
  })
})
