// The way to the server encrypted: what each mode believes. Has a server of its own, with a certificate for localhost.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMariadb } from '../../../tests/servers/mariadb.ts'
import {
  borrowDatabase,
  createDatabase,
  type MysqlDatabase,
  type MysqlServer,
  query,
  startMysql,
} from '../../../tests/servers/mysql.ts'
import { openMysql } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-mysql-tls-'))
const [certificate, key] = [join(folder, 'server.pem'), join(folder, 'server.key')]
let server: MysqlServer
let database: MysqlDatabase

/** In place of what was there. */
const certify = (host: string): void => {
  execFileSync(
    'openssl',
    // biome-ignore format: one option and its value a line
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${host}`,
      '-addext', `subjectAltName=DNS:${host}`, '-keyout', key, '-out', certificate],
    { stdio: 'pipe' },
  )
}

beforeAll(async () => {
  certify('localhost')
  server = await startMariadb({ tls: { cert: readFileSync(certificate), key: readFileSync(key) } })
  database = await createDatabase(server)
  await (await openMysql({ ...database, clock: { now: Date.now } })).journal.close()
  // Whoever gets in speaks encrypted.
  await query(database.superUrl, `ALTER USER ${new URL(database.url).username} REQUIRE SSL`)
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
const open = async (url: string): Promise<string> => {
  const { journal } = await openMysql({ url, clock: { now: Date.now } })
  await journal.health()
  await journal.close()
  return 'encrypted'
}

describe('a server with a certificate of its own making', () => {
  it('is spoken to encrypted where the URL asks for it', async () => {
    expect(await open(at('127.0.0.1', 'sslmode=require'))).toBe('encrypted')
    await expect(open(at('127.0.0.1', 'sslmode=disable'))).rejects.toThrow('refuses the role or the password')
  })

  it('is believed where its authority is named, and, for verify-full, so is the host', async () => {
    expect(await open(at('localhost', `sslmode=verify-full&sslrootcert=${certificate}`))).toBe('encrypted')
    expect(await open(at('127.0.0.1', `sslmode=verify-ca&sslrootcert=${certificate}`))).toBe('encrypted')
  })

  it('is refused where its authority is not known, or its certificate is for another host', async () => {
    await expect(open(at('localhost', 'sslmode=verify-full'))).rejects.toThrow(/self.signed certificate/)
    certify('another.example.com')
    const [files] = await query<{ cert: string; key: string }>(
      database.superUrl,
      'SELECT @@ssl_cert AS cert, @@ssl_key AS `key`',
    )
    copyFileSync(certificate, files?.cert ?? '')
    copyFileSync(key, files?.key ?? '')
    await query(database.superUrl, 'FLUSH SSL')
    expect(await open(at('localhost', `sslmode=verify-ca&sslrootcert=${certificate}`))).toBe('encrypted')
    await expect(open(at('localhost', `sslmode=verify-full&sslrootcert=${certificate}`))).rejects.toThrow(/altnames/)
  })
})

describe('a URL that asks for another way than the server speaks', () => {
  it('is told so, and what to write, where the server speaks no TLS', async () => {
    const plain = await borrowDatabase('mariadb')
    await expect(open(`${plain.url}?sslmode=require`)).rejects.toThrow(
      /does not speak TLS: take sslmode out of KONFIG_JOURNAL/,
    )
    await plain.drop()
  })

  it('is told so where the server takes encrypted connections only', async () => {
    await expect(open(at('127.0.0.1', 'sslmode=disable'))).rejects.toThrow(/encrypted only: then write sslmode=/)
    const strict = await startMysql()
    try {
      const { url, superUrl } = await createDatabase(strict)
      await query(superUrl, 'SET GLOBAL require_secure_transport = ON')
      await expect(open(`${url}?sslmode=disable`)).rejects.toThrow(/speaks TLS only: write sslmode=verify-full/)
    } finally {
      await strict.remove()
    }
  })
})
