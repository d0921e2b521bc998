// What an operation is: everything about one route but the rule behind it. Server, client, CLI, docs and the security tests read it from the registry.
import type { App, Caller, Context, ReadyStream } from '@konfig/app'
import type { Code, Expectation, Permission, Place } from '@konfig/core'
import type { Static, TObject, TSchema } from 'typebox'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Who may call: `public` (anybody, limited by address), `signed-in` (any valid credential), or a permission.
 * The permission is checked at `place` before anything is read; use cases check again what they write.
 */
export type Guard = 'public' | 'signed-in' | Permission

export interface Input<Path, Query, Body> {
  readonly path: Path
  readonly query: Query
  readonly body: Body
  /** Media type of the body without parameters, lower case: for PATCH, imports. */
  readonly mediaType: string | undefined
  readonly expect: Expectation | undefined
  /** Last-Event-ID and Konfig-Log, where a stream is to go on. */
  readonly resume?: { readonly id: string; readonly log: string | undefined } | undefined
}

/** What a use case hands over is never changed on its way: lists and objects may be readonly, and what may be left out may be undefined. */
export type Sent<T> = T extends readonly (infer Item)[]
  ? readonly Sent<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Sent<T[K]> | (Record<never, never> extends Pick<T, K> ? undefined : never) }
    : T

export interface Answer<Body> {
  readonly status?: 200 | 201 | 202 | 204
  readonly body: Body
  /** ETag of the resource (quoted), Location, Konfig-Point, Link … */
  readonly headers?: { readonly [name: string]: string }
  /** For exports: text sent as it is with this Content-Type; `body` is then a string. */
  readonly mediaType?: string
  /** Instead of the body: events for as long as the client stays. */
  readonly stream?: ReadyStream
}

/** Names of namespaces and environments in the path and the query that the permission is checked at. */
export type PlaceOf<Path, Query> = (input: { readonly path: Path; readonly query: Query }) => Place

export interface Example {
  readonly path?: { readonly [name: string]: string }
  readonly query?: { readonly [name: string]: string }
  readonly body?: unknown
  readonly mediaType?: string
}

export interface Operation<
  Path extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Out extends TSchema = TSchema,
> {
  /** `POST /namespaces/{ns}/configs/{key}/rollback`, below the prefix /api/v1. */
  readonly route: `${Method} /${string}`
  readonly summary: string
  readonly description?: string
  readonly tag: string
  readonly guard: Guard
  /** Which log it works on; `platform` routes need members of `platform`. */
  readonly side: 'tenant' | 'platform'
  readonly place?: PlaceOf<Static<Path>, Static<Query>>
  readonly path?: Path
  readonly query?: Query
  readonly body?: Body
  /** Also read: `application/merge-patch+json`, `application/json-patch+json`, `text/*` … The default is application/json alone. */
  readonly accepts?: readonly string[]
  /** Body limit in bytes where it is not the default of 16 MiB. */
  readonly bodyLimit?: number
  readonly answer: Out
  readonly status?: 200 | 201 | 204
  /** Writes take ?dryRun and ?message, If-Match, If-None-Match and Idempotency-Key. */
  readonly writes?: boolean
  /** Answers events (text/event-stream); `answer` is what each holds. */
  readonly streams?: boolean
  readonly refuses: readonly Code[]
  /** A request that succeeds in the sample world of the tests (see the harness), after its `given` requests. */
  readonly example: Example
  readonly run: (
    context: Context,
    input: Input<Static<Path>, Static<Query>, Static<Body>>,
  ) => Promise<Answer<Sent<Static<Out>>>>
}

/** Types an operation by its schemas, then forgets them, so that a registry can hold all. */
export const operation = <Path extends TObject, Query extends TObject, Body extends TSchema, Out extends TSchema>(
  given: Operation<Path, Query, Body, Out>,
): Operation => given as unknown as Operation

export interface Authenticated {
  readonly app: App
  readonly caller: Caller
}

/** `rollback-namespaces-configs`-like ids for OpenAPI and the client: from method and path alone. */
export const operationId = ({ route }: Pick<Operation, 'route'>): string => {
  const [method = '', path = ''] = route.split(' ')
  const words = path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{') ? `by-${part.slice(1, -1)}` : part))
  return [method.toLowerCase(), ...words].join('-')
}
