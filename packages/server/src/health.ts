// Whether this node is alive and ready: the event loop turns; there is usable state and no one asked it to stop. Never asks the database.
import type { FastifyInstance } from 'fastify'

export type Standing = 'starting' | 'ok' | 'stopping'

export interface Readiness {
  readonly standing: () => Standing
  /** The store of the master key. One that is away takes no node out of service: what is in memory is served. */
  readonly away: () => { readonly refuses: boolean } | undefined
  /** The journals beside the main one: one that is away hurts its own tenants and nobody else. */
  readonly journals?: () => readonly { readonly name: string; readonly open: boolean }[]
}

const beside = (
  journals: readonly { readonly name: string; readonly open: boolean }[],
): { readonly journals?: { readonly [name: string]: 'ok' | 'away' } } =>
  journals.length === 0
    ? {}
    : { journals: Object.fromEntries(journals.map(({ name, open }) => [name, open ? 'ok' : 'away'])) }

export const serveHealth = (server: FastifyInstance, { standing, away, journals = () => [] }: Readiness): void => {
  const keys = (): 'ok' | 'away' | 'refuses' => {
    const store = away()
    return store === undefined ? 'ok' : store.refuses ? 'refuses' : 'away'
  }
  const status = (): number => (standing() === 'ok' ? 200 : 503)
  server.get('/health/live', async () => ({ status: 'ok' }))
  server.get('/health/ready', async (_request, reply) =>
    reply.code(status()).send({ status: standing(), ...(keys() === 'ok' ? {} : { checks: { keys: keys() } }) }),
  )
  server.get('/health', async (_request, reply) =>
    reply.code(status()).send({
      status: standing(),
      checks: { live: 'ok', ready: standing(), keys: keys(), ...beside(journals()) },
    }),
  )
}
