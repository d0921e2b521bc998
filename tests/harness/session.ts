// Requests in one line, as somebody: `await owner('PUT /namespaces/billing', { body })`.
import { ask, type Ask, type Reply } from './client.ts'
import { administratorToken, tokenOf } from './example.ts'
import type { Role, World } from './world.ts'

export type Session = (route: string, rest?: Omit<Ask, 'method' | 'path' | 'credential'>) => Promise<Reply>

export const session =
  (world: Pick<World, 'url'>, credential?: string): Session =>
  (route, rest = {}) => {
    const space = route.indexOf(' ')
    return ask(world, { method: route.slice(0, space), path: route.slice(space + 1), credential, ...rest })
  }

/** One of acme's people, logged in. */
export const person = async (world: World, role: Role): Promise<Session> => session(world, await tokenOf(world, role))

export const administrator = async (world: World): Promise<Session> => session(world, await administratorToken(world))

/** A field of a JSON answer, where a test goes on with it. */
export const field = <T>(reply: Reply, name: string): T => {
  const { json } = reply
  if (typeof json !== 'object' || json === null || !(name in json))
    throw new Error(`the answer has no ${name}: ${reply.status} ${reply.text.slice(0, 300)}`)
  return (json as Record<string, T>)[name] as T
}

/** The entity tag of an answer, to be sent back as If-Match. */
export const tagOf = (reply: Reply): string => {
  const tag = reply.headers.get('etag')
  if (tag === null) throw new Error(`the answer has no ETag: ${reply.status} ${reply.text.slice(0, 300)}`)
  return tag
}

/** A put of a manifest, for POST /changes. */
export const putting = (kind: string, metadata: object, spec: object, more: object = {}): object => ({
  op: 'put',
  resource: { kind, metadata, spec },
  ...more,
})

/** A put of a config, for POST /changes. */
export const setting = (key: string, value: unknown, type = 'number', namespace = 'billing'): object =>
  putting('config', { name: key, namespace }, { type, value })
