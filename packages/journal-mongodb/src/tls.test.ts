// A URL and a server that disagree about TLS: who waits is told which of the two to change.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server } from 'node:tls'
import { KonfigError } from '@konfig/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrowDatabase, type MongodbDatabase } from '../../../tests/servers/ferretdb.ts'
import { openMongodb } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-mongodb-tls-'))
const [certificate, key] = [join(folder, 'server.pem'), join(folder, 'server.key')]
let database: MongodbDatabase
/** Speaks TLS only, and hands on to the server. */
let front: Server

beforeAll(async () => {
  execFileSync(
    'openssl',
    // biome-ignore format: one option and its value a line
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
    { stdio: 'pipe' },
  )
  database = await borrowDatabase()
  const target = Number(new URL(database.url).port)
  front = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
    const onward = connect(target, '127.0.0.1')
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  front.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  front.close()
  await database.drop()
  rmSync(folder, { recursive: true })
})

const open = async (url: string): Promise<string> => {
  try {
    const { journal } = await openMongodb({ url, clock: { now: Date.now } })
    await journal.health()
    await journal.close()
    return 'open'
  } catch (reason) {
    if (!(reason instanceof KonfigError) || reason.failure.code !== 'unavailable') throw reason
    return reason.cause instanceof Error ? reason.cause.message : ''
  }
}

const encrypted = (host: string, parameters: string): string => {
  const url = new URL(database.url)
  url.hostname = host
  url.port = String((front.address() as AddressInfo).port)
  return `${url.href}${parameters}`
}

describe('a server that does not answer', () => {
  it('is said to speak no TLS, where that is why', async () => {
    expect(await open(`${database.url}&tls=true`)).toMatch(/does not speak TLS: take tls=true out of KONFIG_JOURNAL/)
  })

  it('is said to speak nothing else, where that is why', async () => {
    expect(await open(encrypted('127.0.0.1', ''))).toMatch(/speaks TLS only: write tls=true in KONFIG_JOURNAL/)
    expect(await open(encrypted('localhost', `&tls=true&tlsCAFile=${certificate}`))).toBe('open')
  })

  it('is said nothing of where nobody is there', async () => {
    expect(await open('mongodb://127.0.0.1:1/konfig?tls=true')).not.toMatch(/speak/)
  })
})
