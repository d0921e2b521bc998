// The way to Redis encrypted: whom it believes.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RedisServer, startRedis } from '../../../tests/servers/redis.ts'
import { openRedis } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-redis-tls-'))
const [cert, key] = [join(folder, 'server.pem'), join(folder, 'server.key')]
const usual = getCACertificates('default')
let server: RedisServer

beforeAll(async () => {
  execFileSync(
    'openssl',
    // biome-ignore format: one option and its value a line
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
    { stdio: 'pipe' },
  )
  server = await startRedis({ password: 'word', tls: { cert, key, host: 'localhost' } })
})
afterAll(async () => {
  setDefaultCACertificates(usual)
  await server.remove()
  rmSync(folder, { recursive: true })
})

const first = async (url: string): Promise<string> => {
  const said: string[] = []
  const { channel, cache } = openRedis({ url, away: (word) => said.push(word), there: () => undefined })
  try {
    await expect
      .poll(async () => {
        cache.put('key', new Uint8Array([1]), 60)
        if ((await cache.get('key')) !== undefined) said.push('kept')
        return said.length
      })
      .toBeGreaterThan(0)
    return said[0] ?? ''
  } finally {
    await channel.close()
  }
}

describe('rediss://', () => {
  it('believes no certificate that nobody vouches for', async () => {
    expect(await first(server.url)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  })

  it('believes one that an authority vouches for, for the host that it names and no other', async () => {
    setDefaultCACertificates([...usual, readFileSync(cert, 'utf8')])
    expect(await first(server.url)).toBe('kept')
    expect(await first(server.url.replace('localhost', '127.0.0.1'))).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('does not speak in the clear to it', async () => {
    expect(await first(server.url.replace('rediss:', 'redis:'))).toMatch(
      /speaks TLS only: write rediss:\/\/ in KONFIG_REDIS/,
    )
  })
})

describe('a Redis without TLS', () => {
  it('is said to be one where the URL asks for it, and not that time was up', async () => {
    const plain = await startRedis({ password: 'word' })
    expect(await first(plain.url.replace('redis:', 'rediss:'))).toMatch(/does not speak TLS: write redis:\/\//)
    expect(await first(plain.url)).toBe('kept')
    await plain.remove()
  })
})
