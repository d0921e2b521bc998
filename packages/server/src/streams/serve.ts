// Connections that hold a stream: their headers, heartbeats, the bound on what lies unread, and how they end. Knows no value and no right.
import type { ServerResponse } from 'node:http'
import type { OpenStream, ReadyStream, StreamEvent } from '@konfig/app'
import { failure, KonfigError } from '@konfig/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { header, passageOf } from '../dispatch/passage.ts'
import { heartbeatOf, retryOf, writeEvent } from './event.ts'

export interface StreamingOptions {
  readonly heartbeatMillis: number
  /** A reader with more than this unread is cut; it comes back by itself and is told the rest. */
  readonly mostUnreadBytes: number
  /** Clients that are cut all at once come back spread over this time. */
  readonly retryMillis: { readonly least: number; readonly most: number }
}

export const defaultStreaming: StreamingOptions = {
  heartbeatMillis: 15_000,
  mostUnreadBytes: 4 * 2 ** 20,
  retryMillis: { least: 1000, most: 10_000 },
}

export interface Streaming {
  /** Answers with events until either side ends it. Throws what opening the stream throws. */
  readonly serve: (
    request: FastifyRequest,
    reply: FastifyReply,
    ready: ReadyStream,
    headersAt: (point: string | undefined) => readonly string[],
  ) => FastifyReply
  readonly count: () => number
  /** Ends all streams, each at a moment of its own within this time; takes no new ones. */
  readonly drain: (millis: number) => void
  readonly close: () => void
}

interface Connection {
  readonly response: ServerResponse
  readonly stream: OpenStream
  beatAt: number
}

const sweepMillis = 250
/** After the end of a stream its last bytes may be read for so long. */
const lastBytesMillis = 500

export const openStreaming = (given: Partial<StreamingOptions> = {}, random: () => number = Math.random): Streaming => {
  const options = { ...defaultStreaming, ...given }
  const connections = new Set<Connection>()
  let draining = false
  let timer: NodeJS.Timeout | undefined

  const retry = (): string => {
    const { least, most } = options.retryMillis
    return retryOf(least + random() * (most - least))
  }
  /** Not all in one beat. */
  const nextBeat = (): number => performance.now() + options.heartbeatMillis * (0.75 + random() * 0.5)

  /** False where the reader is too far behind, or gone. */
  const mayWrite = (response: ServerResponse): boolean => {
    if (response.destroyed || response.writableEnded) return false
    if (response.writableLength <= options.mostUnreadBytes) return true
    response.destroy()
    return false
  }

  const tell = (response: ServerResponse, event: StreamEvent): void => {
    if (!mayWrite(response)) return
    const { bytes, chunk } = writeEvent(event)
    const { socket } = response
    // The chunk is framed once for everybody; it goes past the response only where that has nothing left to send before it.
    if (response.chunkedEncoding && socket !== null && response.writableLength === socket.writableLength)
      socket.write(chunk)
    else response.write(bytes)
  }

  const sweep = (): void => {
    const now = performance.now()
    for (const connection of connections) {
      if (connection.beatAt > now) continue
      const point = connection.stream.point()
      if (point !== undefined && mayWrite(connection.response)) connection.response.write(heartbeatOf(point))
      connection.beatAt = nextBeat()
    }
    if (connections.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  const finish = (response: ServerResponse, event: StreamEvent | undefined): void => {
    if (response.destroyed || response.writableEnded) return
    response.end(event === undefined ? retry() : writeEvent(event).bytes)
    // Whoever does not read what is left is not waited for.
    setTimeout(() => response.destroy(), lastBytesMillis).unref()
  }

  return {
    serve: (request, reply, ready, headersAt) => {
      if (draining) throw new KonfigError(failure('unavailable', { what: 'This node', seconds: 1 }))
      const response = reply.raw
      const stream = ready.open({
        credentials: {
          authorization: header(request, 'authorization'),
          apiKey: header(request, 'x-api-key'),
          address: passageOf(request).address,
        },
        send: (event) => tell(response, event),
        end: (event) => finish(response, event),
      })
      const { first } = stream
      const point = stream.point()
      const headers = headersAt(point)
      if (request.method === 'HEAD') {
        stream.close()
        for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] ?? '', headers[at + 1] ?? '')
        return reply.code(200).send()
      }
      const connection: Connection = { response, stream, beatAt: nextBeat() }
      connections.add(connection)
      const leave = (): void => {
        connections.delete(connection)
        stream.close()
      }
      response.once('close', leave)
      reply.hijack()
      // Gone while the first event was being made.
      if (response.closed || request.raw.socket.destroyed) {
        leave()
        return reply
      }
      response.writeHead(200, [...headers])
      response.cork()
      response.write(retry())
      response.write(first === undefined ? heartbeatOf(point ?? '') : writeEvent(first).bytes)
      response.uncork()
      timer ??= setInterval(sweep, sweepMillis).unref()
      return reply
    },
    count: () => connections.size,
    drain: (millis) => {
      draining = true
      for (const { response } of connections) setTimeout(() => finish(response, undefined), random() * millis)
    },
    close: () => {
      draining = true
      clearInterval(timer)
    },
  }
}
