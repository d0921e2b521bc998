// Lets a request in, before a byte of its body is read: who asks, within which limits, of which log, with which permission.
// Promise: permission comes before validation and existence; a refusal here tells nothing about what is there.
import {
  type App,
  authenticate,
  type Caller,
  type Context,
  grantsOf,
  type HeldLog,
  noteRefusal,
  refuseSuspended,
  refuseWhileAway,
} from '@konfig/app'
import { allows, denied, failure, isUuid, KonfigError, type Place, type State } from '@konfig/core'
import type { FastifyRequest } from 'fastify'
import type { Limits } from '../limits/admit.ts'
import { awaitPoint } from '../request/point.ts'
import { readQuery } from '../request/query.ts'
import type { Route } from './compile.ts'
import { header, type Passage, passageOf } from './passage.ts'

export interface Gate {
  readonly app: App
  readonly limits: Limits
}

const unauthenticated = (): KonfigError => new KonfigError(failure('unauthenticated'))

/** Two of one header are read differently by different programs on the way: nobody shall be taken for somebody else. */
const refuseDoubled = ({ raw: { rawHeaders } }: FastifyRequest): void => {
  for (const name of ['authorization', 'x-api-key', 'host']) {
    const count = rawHeaders.filter((each, index) => index % 2 === 0 && each.toLowerCase() === name).length
    if (count > 1)
      throw new KonfigError(failure('malformed_request', { reason: `header ${name} is sent ${count} times` }))
  }
}

const identify = async ({ app }: Gate, route: Route, request: FastifyRequest, address: string): Promise<Caller> => {
  refuseDoubled(request)
  const credentials = { authorization: header(request, 'authorization'), apiKey: header(request, 'x-api-key'), address }
  if (route.operation.guard !== 'public') {
    const caller = await authenticate(app, credentials)
    if (caller.type === 'anonymous') throw unauthenticated()
    return caller
  }
  // Whoever may come without a credential may come with an old one.
  return authenticate(app, credentials).catch((): Caller => ({ type: 'anonymous' }))
}

/** A log erased a moment ago belongs to no tenant: its callers are strangers. */
const holdTenant = (app: App, caller: Caller): Promise<HeldLog | undefined> =>
  caller.type === 'anonymous' || caller.tenant === undefined
    ? Promise.resolve(undefined)
    : app.logs.hold(caller.tenant.config).catch((reason: unknown) => {
        throw reason instanceof KonfigError && reason.failure.code === 'log_erased' ? unauthenticated() : reason
      })

const controls = /[\u0000-\u001f\u007f]/

/** What stands in the path, with a namespace's id turned into its name: the guard speaks of names. */
const pathOf = (request: FastifyRequest, states: readonly State[]): { readonly [name: string]: string } => {
  const path = { ...(request.params as { readonly [name: string]: string }) }
  for (const text of Object.values(path)) {
    // No name holds a slash or is a dot: what hides one is meant for somebody else's path.
    if (text === '' || text === '.' || text === '..' || text.includes('/'))
      throw new KonfigError(failure('route_not_found'))
    if (controls.test(text) || !text.isWellFormed())
      throw new KonfigError(failure('malformed_request', { reason: 'the path holds characters that no name has' }))
  }
  const { ns } = path
  if (ns !== undefined && isUuid(ns))
    for (const state of states) {
      const found = state.byId(ns.toLowerCase())
      if (found?.kind === 'namespace') return { ...path, ns: found.name }
    }
  return path
}

const seat = (gate: Gate, passage: Passage, caller: Caller, held: HeldLog | undefined): void => {
  if (caller.type === 'anonymous') return
  const { limits, app } = gate
  passage.desk =
    held === undefined || caller.tenant === undefined
      ? limits.desks.without(
          caller.platformGrants.length > 0 ? 'platform' : caller.actor,
          caller.platformGrants.length > 0,
        )
      : limits.desks.at(caller.tenant, held.state(), app.platform.state())
}

const guard = (route: Route, passage: Passage, context: Omit<Context, 'write'>): void => {
  const { guard: permission, place } = route.operation
  if (permission === 'public' || permission === 'signed-in') return
  const at: Place = place?.({ path: passage.path, query: passage.query.query } as never) ?? {}
  if (allows(grantsOf(context), { permission, place: at })) return
  const reason = new KonfigError(denied({ permission, place: at }))
  noteRefusal(context, reason)
  throw reason
}

export const admit =
  (gate: Gate, route: Route) =>
  async (request: FastifyRequest): Promise<void> => {
    const { app, limits } = gate
    const { operation } = route
    const passage = passageOf(request)
    passage.label = route.label
    if (!limits.node()) throw new KonfigError(failure('rate_limited', { seconds: limits.nodeSeconds() }))
    if (operation.guard === 'public') limits.address(passage.address)

    /** Answers the tenant's log. */
    const enter = async (counted: boolean): Promise<HeldLog | undefined> => {
      const caller = await identify(gate, route, request, passage.address)
      passage.caller = caller
      const held = await holdTenant(app, caller)
      passage.held = held
      seat(gate, passage, caller, held)
      if (!counted && passage.desk !== undefined && caller.type !== 'anonymous')
        await limits.admit(passage.desk, caller.actor)

      const tenantSide = operation.side === 'tenant' && held !== undefined && operation.guard !== 'public'
      const context: Omit<Context, 'write'> = {
        app,
        caller,
        side:
          tenantSide || (operation.side === 'tenant' && operation.guard !== 'public' && operation.guard !== 'signed-in')
            ? 'tenant'
            : 'platform',
        log: tenantSide ? held : app.platform,
        tenant: caller.type === 'anonymous' ? undefined : caller.tenant,
        request: { id: passage.id, address: passage.address },
      }
      passage.context = context
      if (tenantSide) refuseSuspended(held.state(), operation.route === 'GET /export')

      passage.query = readQuery(request.query as { readonly [name: string]: unknown }, route.query)
      passage.path = pathOf(request, [
        ...(held === undefined || !tenantSide ? [] : [held.state()]),
        app.platform.state(),
      ])
      guard(route, passage, context)
      return held
    }
    const held = await enter(false)
    const wanted = header(request, 'konfig-min-point')
    // Who has seen a point has the rights of that point, too.
    if (wanted !== undefined && operation.guard !== 'public' && (await awaitPoint(app, held, wanted))) await enter(true)
    if (operation.side === 'platform' && operation.writes === true) refuseWhileAway(app)
  }
