// What `connect` takes, checked once. Owns defaults and the sentences about wrong options; a message never repeats a key.
import { fileStore, hasFiles } from '../cache/file.ts'
import { webStore } from '../cache/browser.ts'
import type { Store } from '../cache/store.ts'
import { type Clock, systemClock } from '../life/clock.ts'
import type { Pace } from '../life/follower.ts'
import type { Scope } from '../values/scope.ts'
import type { Events } from './events.ts'
import type { Hooks } from './hooks.ts'
import { type Asking, isSendable } from './request.ts'

export interface ConnectOptions {
  /** Where the server is, such as `https://konfig.example`; a path before `/api` may follow. */
  readonly url: string
  /** A key, or what gives the current one: asked before each request. */
  readonly apiKey: string | (() => string | Promise<string>)
  /** Needed unless the key is bound to exactly one. */
  readonly environment?: string
  /** What to follow: an application, or these namespaces. Neither: all that the key may read. */
  readonly application?: string
  readonly namespaces?: readonly string[]
  /** Where last known values are kept: a file's path, in a browser a name in its storage, or a store of your own. Left out: nowhere. */
  readonly cache?: string | Store
  /** Values to begin with where there is neither a server nor a cache: a file's path, or the values as `GET /api/v1/values` answers them. */
  readonly bootstrap?: string | { readonly values: Readonly<Record<string, unknown>> }
  /** Milliseconds that `connect` waits for the server. Default 10,000. */
  readonly timeout?: number
  /** What `connect` does where by then there are no values at all: `reject` (the default), or resolve, and getters give their defaults until the server is there. */
  readonly otherwise?: 'reject' | 'defaults'
  /** false: only polls. */
  readonly streaming?: boolean
  /** Listeners that hear of everything from the beginning. */
  readonly on?: Partial<Events>
  readonly hooks?: Hooks
  /** How often and how patiently, in milliseconds; see the defaults below. */
  readonly pace?: Partial<Pace>
  readonly fetch?: typeof fetch
  readonly clock?: Clock
  /** From 0 to below 1. */
  readonly random?: () => number
}

/** A server's heartbeats come every 15 s or sooner, so that 45 s of silence are a dead stream. */
export const defaultPace: Pace = {
  first: 1000,
  most: 30_000,
  refused: 60_000,
  poll: 30_000,
  answer: 15_000,
  firstEvent: 15_000,
  silence: 45_000,
  streamAgain: 300_000,
}

export interface Settled {
  readonly scope: Scope
  readonly asking: Asking
  readonly store: Store | undefined
  readonly clock: Clock
  readonly random: () => number
  readonly pace: Pace
}

const wrong = (message: string): never => {
  throw new TypeError(`connect: ${message}`)
}

export const baseOf = (url: unknown): string => {
  const parsed = typeof url === 'string' ? URL.parse(url) : null
  if (parsed === null || !/^https?:$/.test(parsed.protocol))
    return wrong('url must be an address such as https://konfig.example.')
  if (parsed.username !== '' || parsed.password !== '' || parsed.search !== '' || parsed.hash !== '')
    return wrong('url must be an address alone, without user, query or fragment.')
  // What the API's own pages show as its address ends so, and each request names it again.
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}`
}

const isName = (name: unknown): boolean => typeof name === 'string' && name !== '' && !name.includes('/')

const scopeOf = ({ environment, application, namespaces }: ConnectOptions): Scope => {
  if (environment !== undefined && !isName(environment)) wrong('environment must be a name.')
  if (application !== undefined && namespaces !== undefined) wrong('name an application or namespaces, not both.')
  if (application !== undefined && !isName(application)) wrong('application must be a name.')
  if (namespaces !== undefined && (!Array.isArray(namespaces) || namespaces.length === 0 || !namespaces.every(isName)))
    wrong('namespaces must be a list of names with at least one.')
  return { environment, application, namespaces }
}

const paceOf = (given: Partial<Pace>): Pace => {
  for (const [name, millis] of Object.entries(given))
    if (!Object.hasOwn(defaultPace, name) || typeof millis !== 'number' || !(millis >= 0))
      wrong(`pace takes milliseconds for ${Object.keys(defaultPace).join(', ')}.`)
  return { ...defaultPace, ...given }
}

const storeOf = (cache: ConnectOptions['cache']): Store | undefined => {
  if (typeof cache !== 'string') return cache
  if (cache === '') wrong('cache must be a path or a name.')
  return hasFiles() ? fileStore(cache) : webStore(cache)
}

export const settle = (options: ConnectOptions): Settled => {
  const { apiKey, timeout } = options
  if (typeof apiKey !== 'function' && !isSendable(apiKey)) wrong('apiKey must be a key, or a function that gives one.')
  if (timeout !== undefined && !(timeout >= 0)) wrong('timeout must be milliseconds.')
  return {
    scope: scopeOf(options),
    asking: {
      url: baseOf(options.url),
      apiKey: typeof apiKey === 'function' ? apiKey : () => apiKey,
      fetch: options.fetch ?? ((...given) => globalThis.fetch(...given)),
      hooks: options.hooks ?? {},
    },
    store: storeOf(options.cache),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    pace: paceOf(options.pace ?? {}),
  }
}
