// An operation's example made real in a world: placeholders like {{user:viewer}} become the world's ids, credentials and links.
import type { Operation } from '@konfig/api'
import { fixedRoles, type Permission } from '@konfig/core'
import { ask, type Ask, loginAs } from './client.ts'
import { password, type Role, roles, type World } from './world.ts'

interface Session {
  readonly accessToken: string
  readonly refreshToken: string
}

const session = async (world: World, role: string): Promise<Session> => {
  const reply = await ask(world, {
    method: 'POST',
    path: '/auth/login',
    body: { email: `${role}@acme.example`, password, tenant: 'acme' },
  })
  return reply.json as Session
}

const invitation = async (world: World): Promise<string> => {
  const credential = await tokenOf(world, 'owner')
  const reply = await ask(world, {
    method: 'POST',
    path: '/members',
    body: { email: 'invited@acme.example', roles: ['viewer'] },
    credential,
  })
  return (reply.json as { readonly invitation: string }).invitation
}

const sessionOf = async (world: World, role: string): Promise<string> => {
  const { accessToken } = await session(world, role)
  const reply = await ask(world, { method: 'GET', path: '/auth/sessions', credential: accessToken })
  const { items } = reply.json as { readonly items: readonly { readonly id: string; readonly current?: boolean }[] }
  return items.find(({ current }) => current !== true)?.id ?? (items[0]?.id as string)
}

/** What each placeholder stands for; one that is not here is a mistake in an example. */
const placeholders: { readonly [name: string]: (world: World, of: string) => Promise<string> | string } = {
  user: (world, of) => world.people[of as Role],
  email: (_world, of) => `${of}@acme.example`,
  password: () => password,
  key: () => 'reader-key',
  config: async (world, of) =>
    (await world.app.logs.hold(world.acme.config)).state().get('config/billing', of)?.id ?? '',
  auditor: (world) => world.auditor,
  refreshToken: async (world, of) => (await session(world, of)).refreshToken,
  session: sessionOf,
  invitation,
}

const fillText = async (world: World, text: string): Promise<string> => {
  const match = /^\{\{(\w+)(?::(\w+))?\}\}$/.exec(text)
  if (match === null) return text
  const found = placeholders[match[1] as string]
  if (found === undefined) throw new Error(`no placeholder ${text}`)
  return found(world, match[2] ?? '')
}

const fill = async (world: World, value: unknown): Promise<unknown> => {
  if (typeof value === 'string') return fillText(world, value)
  if (Array.isArray(value)) return Promise.all(value.map((item) => fill(world, item)))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      await Promise.all(Object.entries(value).map(async ([key, item]) => [key, await fill(world, item)] as const)),
    )
  return value
}

export const pathOf = (route: string, path: { readonly [name: string]: string }): string =>
  route.slice(route.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_hole, name: string) => {
    const value = path[name]
    if (value === undefined) throw new Error(`the example of ${route} names no ${name}`)
    return encodeURIComponent(value)
  })

/** The example as a request, without a credential. */
export const exampleOf = async (
  world: World,
  { route, example }: Operation,
): Promise<Ask & { readonly values: { readonly [name: string]: string } }> => {
  const values = ((await fill(world, example.path ?? {})) ?? {}) as { readonly [name: string]: string }
  const [method = 'GET'] = route.split(' ')
  return {
    method,
    path: pathOf(route, values),
    query: (await fill(world, example.query ?? {})) as { readonly [name: string]: string },
    ...(example.body === undefined ? {} : { body: await fill(world, example.body) }),
    mediaType: example.mediaType,
    values,
  }
}

const tokens = new WeakMap<World, Map<string, Promise<string>>>()

const remembered = (world: World, name: string, login: () => Promise<string>): Promise<string> => {
  const known = tokens.get(world) ?? new Map<string, Promise<string>>()
  tokens.set(world, known)
  const found = known.get(name) ?? login()
  known.set(name, found)
  return found
}

/** An access token of one of acme's people. */
export const tokenOf = (world: World, role: Role): Promise<string> =>
  remembered(world, role, () => loginAs(world, `${role}@acme.example`, 'acme', password))

export const administratorToken = (world: World): Promise<string> =>
  remembered(world, 'administrator', () => loginAs(world, 'admin@platform.example', undefined, password))

/** Whoever may call it and no more than needs be said: an owner, the platform's administrator, or nobody. */
export const rightCaller = (world: World, { guard, side, route }: Operation): Promise<string | undefined> =>
  guard === 'public'
    ? Promise.resolve(undefined)
    : (side === 'platform' && guard !== 'signed-in') || route === 'POST /auth/token'
      ? administratorToken(world)
      : tokenOf(world, 'owner')

/** Somebody signed in who lacks the permission; undefined where everybody who is signed in may. */
export const wrongCaller = async (world: World, { guard, side }: Operation): Promise<string | undefined> => {
  if (guard === 'public' || guard === 'signed-in') return undefined
  if (side === 'platform') return tokenOf(world, 'owner')
  const role = roles.toReversed().find((name) => !fixedRoles[name].includes(guard as Permission))
  // Everybody may read values: there, a key that is bound to another environment.
  return role === undefined ? world.keys.dev : tokenOf(world, role)
}
