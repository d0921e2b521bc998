// A server that does what a script says and nothing else. Each request waits until the script answers it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { After, Answer, Piece } from './script.ts'

export interface Arrived {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly answer: (answer: Answer) => Promise<void>
  readonly send: (pieces: readonly Piece[], after?: After) => Promise<void>
}

export interface ScriptedServer {
  readonly url: string
  /** The next request that no one has taken yet; rejects after half a minute without one. */
  readonly next: () => Promise<Arrived>
  /** How many wait to be taken. */
  readonly waiting: () => number
  readonly close: () => Promise<void>
}

const usualLog = 'platform-1.tenant-1'

const textOf = (piece: Piece): string =>
  typeof piece === 'string'
    ? piece
    : [
        ...(piece.event === undefined ? [] : [`event: ${piece.event}`]),
        ...(piece.id === undefined ? [] : [`id: ${piece.id}`]),
        ...(piece.data === undefined ? [] : [`data: ${JSON.stringify(piece.data)}`]),
        '',
        '',
      ].join('\n')

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const arrive = (request: IncomingMessage, response: ServerResponse, body: string): Arrived => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server')
  const send: Arrived['send'] = async (pieces, after = 'open') => {
    for (const piece of pieces) {
      await new Promise((resolve) => response.write(textOf(piece), resolve))
      // Each piece travels by itself.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (after === 'end') response.end()
    if (after === 'cut') response.destroy()
  }
  return {
    method: request.method ?? '',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: request.headers,
    body,
    send,
    answer: async (answer) => {
      if ('hold' in answer) return
      if ('drop' in answer) {
        response.destroy()
        return
      }
      if ('stream' in answer) {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'konfig-log': answer.log ?? usualLog })
        response.flushHeaders()
        await send(answer.stream, answer.after)
        return
      }
      if ('values' in answer) {
        response.writeHead(200, {
          'content-type': 'application/json',
          'konfig-log': answer.log ?? usualLog,
          'konfig-point': answer.point,
          ...(answer.etag === undefined ? {} : { etag: answer.etag }),
        })
        response.end(JSON.stringify({ environment: 'production', values: answer.values }))
        return
      }
      if (answer.headers?.['date'] !== undefined) response.sendDate = false
      response.writeHead(answer.status, answer.headers)
      response.end(answer.body)
    },
  }
}

export const openScriptedServer = async (): Promise<ScriptedServer> => {
  const arrived: Arrived[] = []
  const takers: ((request: Arrived) => void)[] = []
  // Who keeps a connection finds it there, however late.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void readBody(request).then((body) => {
      const each = arrive(request, response, body)
      const taker = takers.shift()
      if (taker === undefined) arrived.push(each)
      else taker(each)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: () => {
      const first = arrived.shift()
      if (first !== undefined) return Promise.resolve(first)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error('no request came'))
        }, 30_000)
        takers.push((request) => {
          clearTimeout(timer)
          resolve(request)
        })
      })
    },
    waiting: () => arrived.length,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
