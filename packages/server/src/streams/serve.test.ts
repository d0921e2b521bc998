// Connections that hold a stream: how their bytes are framed, and how they end.
import { createConnection, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openTestNode, type TestNode } from '../testing/node.ts'
import { heartbeatOf, retryOf, writeEvent } from './event.ts'
import { defaultStreaming } from './serve.ts'

const nodes: TestNode[] = []
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.close()
})

interface Raw {
  readonly text: () => string
  readonly until: (holds: (text: string) => boolean) => Promise<void>
  readonly socket: Socket
}

const ask = async (port: number, key: string, version: string): Promise<Raw> => {
  const socket = createConnection(port, '127.0.0.1')
  let text = ''
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const each of waiting) each()
  }
  socket.on('data', (data: Buffer) => {
    text += data.toString('latin1')
    wake()
  })
  socket.on('close', wake)
  socket.on('error', () => undefined)
  socket.write(
    `GET /api/v1/stream?environment=production HTTP/${version}\r\nHost: here\r\nAuthorization: Bearer ${key}\r\n\r\n`,
  )
  return {
    text: () => text,
    socket,
    until: (holds) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (holds(text)) resolve()
          else if (socket.closed) reject(new Error(`closed after: ${text}`))
          else return
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      }),
  }
}

const listening = async (): Promise<{ readonly node: TestNode; readonly port: number }> => {
  const node = await openTestNode()
  nodes.push(node)
  return { node, port: await node.server.listen('127.0.0.1', 0) }
}

const change = async (node: TestNode, port: number, value: number): Promise<void> => {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1/namespaces/billing/configs/retries`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${await node.key('editor')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ value }),
  })
  expect(reply.status).toBe(200)
}

describe('an event', () => {
  it('is written once, however many are sent it', () => {
    const event = { type: 'change', point: '1-2', data: '{"changed":{},"removed":{"ä":[]}}' } as const
    const { bytes, chunk } = writeEvent(event)
    expect(bytes.toString()).toBe('event: change\nid: 1-2\ndata: {"changed":{},"removed":{"ä":[]}}\n\n')
    expect(chunk.toString()).toBe(`${bytes.length.toString(16)}\r\n${bytes.toString()}\r\n`)
    expect(writeEvent(event).chunk).toBe(chunk)
    expect([heartbeatOf('1-2'), retryOf(12.3)]).toEqual(['id: 1-2\n\n', 'retry: 12\n\n'])
  })
})

describe('a connection that holds a stream', () => {
  it('is sent chunks that HTTP/1.1 can read, to the last', async () => {
    const { node, port } = await listening()
    const raw = await ask(port, await node.key('reader'), '1.1')
    await raw.until((text) => text.includes('event: sync'))
    await change(node, port, 4)
    await raw.until((text) => text.includes('event: change') && text.endsWith('\n\n\r\n'))
    const [, body = ''] = raw.text().split(/\r\n\r\n([^]*)/)
    let read = ''
    for (let rest = Buffer.from(body, 'latin1'); rest.length > 0; ) {
      const end = rest.indexOf('\r\n')
      const length = Number.parseInt(rest.toString('latin1', 0, end), 16)
      read += rest.toString('utf8', end + 2, end + 2 + length)
      expect(rest.toString('latin1', end + 2 + length, end + 4 + length)).toBe('\r\n')
      rest = rest.subarray(end + 4 + length)
    }
    expect(read).toMatch(/^retry: \d+\n\nevent: sync\n[^]*\n\nevent: change\nid: \d+-\d+\ndata: .*"retries":4.*\n\n$/)
    raw.socket.destroy()
  })

  it('is sent the events alone where the client speaks HTTP/1.0', async () => {
    const { node, port } = await listening()
    const raw = await ask(port, await node.key('reader'), '1.0')
    await raw.until((text) => text.includes('event: sync'))
    await change(node, port, 4)
    await raw.until((text) => text.includes('"retries":4') && text.endsWith('\n\n'))
    expect(raw.text().split('\r\n\r\n')[1]).toMatch(/^retry: \d+\n\nevent: sync\n[^]*\n\nevent: change\n[^\r]*\n\n$/)
    raw.socket.destroy()
  })

  it('is told when to come back, not all at the same time', async () => {
    const { node, port } = await listening()
    const key = await node.key('reader')
    const raws = await Promise.all(Array.from({ length: 20 }, () => ask(port, key, '1.1')))
    await Promise.all(raws.map((raw) => raw.until((text) => text.includes('event: sync'))))
    const retries = raws.map((raw) => Number(/retry: (\d+)/.exec(raw.text())?.[1]))
    expect(new Set(retries).size).toBeGreaterThan(10)
    expect(Math.min(...retries)).toBeGreaterThanOrEqual(defaultStreaming.retryMillis.least)
    expect(Math.max(...retries)).toBeLessThanOrEqual(defaultStreaming.retryMillis.most)
    for (const { socket } of raws) socket.destroy()
  })
})
