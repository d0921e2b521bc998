// One request's way through the server: what each step found out, for the steps after it and for the log. Owns no step.
import type { Caller, Context, HeldLog } from '@konfig/app'
import type { FastifyRequest } from 'fastify'
import type { Desk } from '../limits/desk.ts'
import type { ReadQuery } from '../request/query.ts'

export interface Passage {
  readonly id: string
  readonly address: string
  readonly started: number
  /** When the answer began, where it goes on for longer; undefined: when it was done. */
  answered: number | undefined
  /** The route without the prefix, '' where none was found. */
  label: string
  caller: Caller | undefined
  /** The caller's tenant's log, whichever side the route works on. */
  held: HeldLog | undefined
  desk: Desk | undefined
  path: { readonly [name: string]: string }
  query: ReadQuery
  context: Omit<Context, 'write'> | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    passage: Passage | undefined
  }
}

export const passageOf = (request: FastifyRequest): Passage => {
  if (request.passage === undefined) throw new Error('A request came without its passage.')
  return request.passage
}

export const beginPassage = (id: string, address: string, started: number): Passage => ({
  id,
  address,
  started,
  answered: undefined,
  label: '',
  caller: undefined,
  held: undefined,
  desk: undefined,
  path: {},
  query: { query: {}, issues: [] },
  context: undefined,
})

/** The first of a header that may come twice. */
export const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
