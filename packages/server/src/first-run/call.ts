// Calls this node's own API without a network, as any client would: what the first run does, anybody could do.
import { failure, KonfigError } from '@konfig/core'
import type { Server } from '../server.ts'

export interface Called {
  readonly status: number
  readonly body: { readonly [name: string]: unknown }
}

export interface CallOptions {
  readonly token?: string
  readonly body?: string | object
  readonly mediaType?: string
  readonly idempotencyKey?: string
}

export type Call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: CallOptions) => Promise<Called>

/** Throws where the API refuses: the first run asks for nothing that may be refused. */
export const caller =
  (server: Server): Call =>
  async (method, path, { token, body, mediaType, idempotencyKey } = {}) => {
    const answer = await server.fastify.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': mediaType ?? 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    const read = answer.body === '' ? {} : (JSON.parse(answer.body) as Called['body'])
    if (answer.statusCode === 503) throw new KonfigError(failure('unavailable', { what: 'The journal', seconds: 1 }))
    if (answer.statusCode >= 400)
      throw new Error(
        `The first run was refused at ${method} ${path.split('?', 1)[0]}: ${String(read['detail'])} ${JSON.stringify(read['errors'] ?? '')}`,
      )
    return { status: answer.statusCode, body: read }
  }

export const logIn = async (
  call: Call,
  login: { readonly email: string; readonly password: string },
  tenant?: string,
): Promise<string> => {
  const { body } = await call('POST', '/auth/login', {
    body: { email: login.email, password: login.password, ...(tenant === undefined ? {} : { tenant }) },
  })
  return String(body['accessToken'])
}
