// Whether this node is alive and ready: the event loop turns; there is usable state and no one asked it to stop. Never asks the database.
import type { FastifyInstance } from 'fastify'

export interface Readiness {
  readonly isReady: () => boolean
}

type Check = 'ok' | 'stopping'

export const serveHealth = (server: FastifyInstance, { isReady }: Readiness): void => {
  const ready = (): Check => (isReady() ? 'ok' : 'stopping')
  server.get('/health/live', async () => ({ status: 'ok' }))
  server.get('/health/ready', async (_request, reply) => reply.code(isReady() ? 200 : 503).send({ status: ready() }))
  server.get('/health', async (_request, reply) =>
    reply.code(isReady() ? 200 : 503).send({ status: ready(), checks: { live: 'ok', ready: ready() } }),
  )
}
