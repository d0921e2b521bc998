// Whether this node is alive and ready: the event loop turns; there is usable state and no one asked it to stop. Never asks the database.
import type { FastifyInstance } from 'fastify'

export type Standing = 'starting' | 'ok' | 'stopping'

export interface Readiness {
  readonly standing: () => Standing
}

export const serveHealth = (server: FastifyInstance, { standing }: Readiness): void => {
  const status = (): number => (standing() === 'ok' ? 200 : 503)
  server.get('/health/live', async () => ({ status: 'ok' }))
  server.get('/health/ready', async (_request, reply) => reply.code(status()).send({ status: standing() }))
  server.get('/health', async (_request, reply) =>
    reply.code(status()).send({ status: standing(), checks: { live: 'ok', ready: standing() } }),
  )
}
