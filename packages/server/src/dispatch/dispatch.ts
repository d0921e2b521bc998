// From the registry to routes: every operation becomes one, each passes the same steps in the same order, and nothing else has a route under /api/v1.
import type { Operation } from '@konfig/api'
import { type Failure, failure } from '@konfig/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { admit, type Gate } from './admit.ts'
import type { Cors } from '../cors.ts'
import { carryOut } from './carry-out.ts'
import { compileRoutes, methodsOf } from './compile.ts'
import { header } from './passage.ts'
import { refuseMedia } from './read-body.ts'
import type { Sender } from './reply.ts'

const oldPrefix = /^\/v1(?=\/|\?|$)/

/** Registers all operations; throws where one names no guard, or two answer the same request. */
export const dispatch = (
  server: FastifyInstance,
  operations: readonly Operation[],
  gate: Gate,
  sender: Sender,
  cors: Cors,
): void => {
  const routes = compileRoutes(operations)
  const methodsAt = methodsOf(routes)
  for (const route of routes) {
    const letIn = admit(gate, route)
    server.route({
      method: route.method,
      url: route.url,
      bodyLimit: route.bodyLimit,
      onRequest: letIn,
      preParsing: async (request) => {
        refuseMedia(route, request)
      },
      handler: carryOut(route, sender),
    })
  }

  const elsewhere = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.url.split('?', 1)[0] ?? ''
    if (oldPrefix.test(request.url)) return reply.code(308).header('location', `/api${request.url}`).send()
    const methods = methodsAt(path)
    if (methods.length === 0) return sender.problem(request, reply, failure('route_not_found'))
    const allow = [...methods, 'OPTIONS'].join(', ')
    if (request.method !== 'OPTIONS')
      return sender.problem(request, reply, failure('method_not_allowed', { method: request.method }), { allow })
    const preflight = cors.preflight(
      header(request, 'origin'),
      header(request, 'access-control-request-method'),
      methods,
    )
    for (const [name, value] of Object.entries(preflight ?? {})) reply.header(name, value)
    return reply.code(204).header('allow', allow).send()
  }
  // Before a body is read: nobody sends 16 MiB to a route that there is not.
  server.addHook('onRequest', async (request, reply) => (request.is404 ? elsewhere(request, reply) : undefined))
  server.setNotFoundHandler(elsewhere)
}

const units = [
  { name: 'MiB', bytes: 1024 * 1024 },
  { name: 'KiB', bytes: 1024 },
  { name: 'bytes', bytes: 1 },
] as const

/** Where an operation gives no limit of its own. */
export const bodyBytes = 16 * 1024 * 1024

/** A body beyond the bytes that its route takes. */
export const tooLarge = (limit: number): Failure => {
  const unit = units.find(({ bytes }) => limit % bytes === 0) ?? units[2]
  return failure('too_large', { what: 'The body', limit: `${limit / unit.bytes} ${unit.name}` })
}
