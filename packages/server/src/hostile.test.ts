// What no proper client sends, byte by byte over a socket: the server answers something readable, never 500, and goes on.
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestNode, type TestNode } from './testing/node.ts'

let node: TestNode
let port: number
let key: string
beforeAll(async () => {
  node = await openTestNode()
  port = await node.server.listen('127.0.0.1', 0)
  key = await node.key('editor')
})
afterAll(async () => {
  await node.close()
})

/** Sends these bytes and answers all that comes back until the server closes, or has answered once. */
const send = async (bytes: string | Buffer): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1')
  let text = ''
  socket.on('error', () => undefined)
  socket.on('data', (part: string) => {
    text += part
    const [head = '', body = ''] = text.split('\r\n\r\n')
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (text.includes('\r\n\r\n') && body.length >= length) socket.end()
  })
  socket.write(bytes)
  await once(socket, 'close')
  return text
}

const status = (answer: string): number => Number(answer.slice(9, 12))
const get = (target: string): Promise<string> => send(`GET ${target} HTTP/1.1\r\nHost: h\r\nX-API-Key: ${key}\r\n\r\n`)
const post = (headers: string, body = ''): Promise<string> =>
  send(`POST /api/v1/changes HTTP/1.1\r\nHost: h\r\nX-API-Key: ${key}\r\n${headers}\r\n\r\n${body}`)

describe('a path that could be read in two ways', () => {
  it('is refused, whatever the credential may do', async () => {
    const wanted: readonly (readonly [string, readonly number[]])[] = [
      ['//api/v1/values/billing', [404]],
      ['/api//v1/values/billing', [404]],
      ['/api/v1//values/billing?environment=dev', [404]],
      ['/api/v1/values//billing?environment=dev', [404]],
      ['/api/v1/values/billing/?environment=dev', [404]],
      ['/api/v1/values/./billing?environment=dev', [404]],
      ['/api/v1/../v1/values/billing?environment=dev', [404]],
      ['/api/v1/%2e%2e/v1/values/billing?environment=dev', [404]],
      ['/api/v1/values/%2e%2e/billing?environment=dev', [404]],
      ['/api/v1/values/billing/%2e%2e?environment=dev', [404]],
      ['/api/v1/values/billing%2fretries?environment=dev', [404]],
      ['/api/v1/values/billing;x=1?environment=dev', [404]],
      ['/api/v1/values/billing/retries;x=1?environment=dev', [404]],
      ['/api/v1/values/%?environment=dev', [400]],
      ['/api/v1/values/%zz?environment=dev', [400]],
      ['/api/v1/values/%ff?environment=dev', [400]],
      ['/api/v1/values/a%00b?environment=dev', [400]],
      ['/api/v1/values/a%0d%0ab?environment=dev', [400]],
      ['/API/v1/values/billing?environment=dev', [404]],
      ['/api/v1/Values/billing?environment=dev', [404]],
      ['/api/v1/values/billing?environment=dev&environment=production', [400]],
      ['/api/v1/values/billing?environment[]=dev', [400]],
      ['/api/v1/values/billing?environment=%zz', [400]],
      ['*', [400, 404]],
      [`/api/v1/values/${'a'.repeat(6000)}?environment=dev`, [400, 404]],
    ]
    for (const [target, statuses] of wanted) {
      const answer = await get(target)
      expect([target, statuses.includes(status(answer)) ? 'refused' : answer.slice(0, 200)]).toEqual([
        target,
        'refused',
      ])
      expect(answer).toContain('application/problem+json')
    }
  })

  it('is no HTTP at all where it holds a NUL or a line break', async () => {
    expect(status(await get('/api/v1/values/a\0b'))).toBe(400)
    expect(status(await send('\0\0\0\0\r\n\r\n'))).toBe(400)
    expect(status(await send('GET / HTTP/9.9\r\n\r\n'))).toBe(400)
  })
})

describe('a body that lies', () => {
  it('about its length or its coding is refused', async () => {
    const json = 'Content-Type: application/json'
    expect(status(await post(`${json}\r\nContent-Length: abc`))).toBe(400)
    expect(status(await post(`${json}\r\nContent-Length: 5\r\nContent-Length: 6`, 'hello'))).toBe(400)
    expect(status(await post(`${json}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked`, '0\r\n\r\n'))).toBe(400)
    expect(status(await post(`${json}\r\nTransfer-Encoding: chunked`, 'zz\r\n'))).toBe(400)
    expect(status(await post(`${json}\r\nTransfer-Encoding: gzip`, 'x'))).toBe(400)
  })

  it('is refused by its stated length alone, before it comes', async () => {
    const answer = await post(`Content-Type: application/json\r\nContent-Length: ${17 * 1024 * 1024}`)
    expect([status(answer), answer.includes('"too_large"')]).toEqual([413, true])
  })

  it('is not read at all where nobody is known to send it', async () => {
    const answer = await send(
      `POST /api/v1/changes HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: ${15 * 1024 * 1024}\r\n\r\n`,
    )
    expect(status(answer)).toBe(401)
  })

  it('is refused where it is not UTF-8', async () => {
    const body = Buffer.from([0x22, 0xff, 0xfe, 0x22])
    const head = Buffer.from(
      `POST /api/v1/changes HTTP/1.1\r\nHost: h\r\nX-API-Key: ${key}\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n`,
    )
    const answer = await send(Buffer.concat([head, body]))
    expect([status(answer), answer.includes('UTF-8')]).toEqual([400, true])
  })
})

describe('headers', () => {
  it('that are too many or too large are refused', async () => {
    expect([400, 431]).toContain(
      status(await send(`GET /health HTTP/1.1\r\nHost: h\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`)),
    )
  })

  it('that hold a second request do not become one', async () => {
    const answer = await send(`GET /health HTTP/1.1\r\nHost: h\r\nX-Request-Id: a\rGET /x HTTP/1.1\r\n\r\n`)
    expect([200, 400]).toContain(status(answer))
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1)
  })

  it('name nobody: identity comes from the credential alone', async () => {
    const answer = await send(
      'GET /api/v1/values/billing?environment=dev HTTP/1.1\r\nHost: h\r\nX-Tenant: acme\r\nX-Forwarded-User: owner\r\n\r\n',
    )
    expect(status(answer)).toBe(401)
  })
})

describe('methods', () => {
  it('that are none of ours are refused', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'CONNECT', 'BREW']) {
      const answer = await send(`${method} /api/v1/values/billing HTTP/1.1\r\nHost: h\r\n\r\n`)
      expect([method, [400, 404, 405].includes(status(answer)) || answer === '']).toEqual([method, true])
    }
  })

  it('that tunnel through a header are not believed', async () => {
    const answer = await send(
      `GET /api/v1/values/billing?environment=dev HTTP/1.1\r\nHost: h\r\nX-API-Key: ${key}\r\nX-HTTP-Method-Override: DELETE\r\n\r\n`,
    )
    expect(status(answer)).toBe(200)
  })
})

it('after all that, the server still serves', async () => {
  expect(status(await get('/api/v1/values/billing?environment=dev'))).toBe(200)
})
