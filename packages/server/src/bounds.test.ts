// What one connection may take: time for its headers and its body, and answers in the order of its questions.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
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

interface Answered {
  readonly status: number
  readonly id: string
}

/** Answers in the order in which they came, read as HTTP/1.1 frames them. */
const answersIn = (text: string): readonly Answered[] => {
  const answers: Answered[] = []
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\r\n\r\n', at)
    const head = text.slice(at, end)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (end < 0 || end + 4 + length > text.length) break
    answers.push({ status: Number(head.slice(9, 12)), id: /x-request-id: (\S+)/i.exec(head)?.[1] ?? '' })
    at = end + 4 + length
  }
  return answers
}

describe('questions that are sent without waiting', () => {
  it('are answered in their order, whichever way each of them goes', async () => {
    const targets = [
      '/api/v1/values/billing/retries?environment=production',
      '/api/v1/namespaces',
      '/api/v1/values/billing/retries?environment=production',
      '/api/v1/values?environment=production',
      '/api/v1/values/billing/none?environment=production',
      '/api/v1/auth/me',
      '/api/v1/values/billing?environment=production',
      '/nowhere',
      '/api/v1/values/billing/retries?environment=production',
    ]
    const rounds = 5
    const asked = Array.from({ length: rounds }, () => targets).flat()
    const socket = connect(port, '127.0.0.1')
    socket.setEncoding('latin1')
    let text = ''
    socket.on('data', (part: string) => {
      text += part
      if (answersIn(text).length === asked.length) socket.end()
    })
    const bytes = asked
      .map((target, at) => `GET ${target} HTTP/1.1\r\nHost: h\r\nX-API-Key: ${key}\r\nX-Request-Id: q-${at}\r\n\r\n`)
      .join('')
    socket.write(bytes)
    await once(socket, 'close')
    const answers = answersIn(text)
    expect(answers.map(({ id }) => id)).toEqual(asked.map((_, at) => `q-${at}`))
    expect(
      answers
        .slice(-targets.length)
        .map(({ status }) => status)
        .at(-2),
    ).toBe(404)
    expect(answers[1]?.status).toBe(200)
  })
})

describe('a request that names a media type and brings no body', () => {
  it.each([
    ['DELETE', '/api/v1/namespaces/nowhere', 404],
    ['POST', '/api/v1/namespaces', 400],
    ['GET', '/api/v1/namespaces', 200],
  ])('is answered, not waited for: %s %s', async (method, path, status) => {
    const socket = connect(port, '127.0.0.1')
    socket.setEncoding('latin1')
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: h\r\nX-API-Key: ${key}\r\nContent-Type: application/json\r\n\r\n`)
    const [text] = (await once(socket, 'data')) as [string]
    socket.destroy()
    expect(Number(text.slice(9, 12))).toBe(status)
  })
})

describe('connections that come at once', () => {
  it('wait for this process, however busy it is, as many as the system lets wait; none is turned away', async () => {
    const mostWaiting = Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'))
    const count = Math.min(1000, mostWaiting)
    const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'))
    const taken = Promise.all(sockets.map((socket) => once(socket, 'connect')))
    // All are on their way, and this process has not looked yet.
    await new Promise<void>((resolve) => {
      process.nextTick(resolve)
    })
    const place = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`
    const line = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .find((each) => each.includes(place))
    const waiting = Number.parseInt(/ 0A [0-9A-F]+:([0-9A-F]+) /.exec(line ?? '')?.[1] ?? '', 16)
    await taken
    for (const socket of sockets) socket.destroy()
    expect(waiting).toBe(count)
  })
})

describe('a connection', () => {
  it('has half a minute for its headers and two for its body, and is looked at within that', () => {
    const { server } = node.server.fastify
    expect(server.headersTimeout).toBe(30_000)
    expect(server.requestTimeout).toBe(120_000)
    expect(server.headersTimeout).toBeLessThan(server.requestTimeout)
  })
})
