// Who may read /metrics: whoever has its token, or on loopback everybody where the installation is embedded. Knows no metric.
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { failure } from '@konfig/core'
import type { FastifyInstance } from 'fastify'
import { header } from './dispatch/passage.ts'
import type { Sender } from './dispatch/reply.ts'
import type { Metrics } from './metrics.ts'

export type MetricsAccess =
  | { readonly mode: 'closed' }
  | { readonly mode: 'open-on-loopback' }
  | { readonly mode: 'token'; readonly token: string }

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const loopback = /^(?:127\.|::1$|::ffff:127\.)/

const may = (access: MetricsAccess, authorization: string | undefined, address: string | undefined): boolean => {
  if (access.mode === 'open-on-loopback') return loopback.test(address ?? '')
  if (access.mode === 'closed') return false
  const given = authorization?.startsWith('Bearer ') === true ? authorization.slice(7) : ''
  return timingSafeEqual(digest(given), digest(access.token))
}

export const serveMetrics = (
  server: FastifyInstance,
  metrics: Metrics,
  access: MetricsAccess,
  sender: Sender,
): void => {
  server.get('/metrics', async (request, reply) => {
    if (!may(access, header(request, 'authorization'), request.raw.socket.remoteAddress))
      return sender.problem(
        request,
        reply,
        access.mode === 'token' ? failure('unauthenticated') : failure('route_not_found'),
      )
    return reply.type(metrics.mediaType).send(await metrics.text())
  })
}

/** A listener of its own, for networks where only the collector reaches it. */
export const openMetricsListener = (metrics: Metrics): Server =>
  createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.mediaType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
