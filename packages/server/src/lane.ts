// The hot reads, answered before Fastify sees them: one resolved value or one namespace, for a key that this node knows, from bytes that are ready.
// Promise: whatever it answers, the ordinary way would have answered with the same bytes; for all else it steps aside and touches nothing.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, provenKeys, readCached, readShelf } from '@konfig/app'
import { allows } from '@konfig/core'
import type { Fixed } from './headers.ts'
import type { Limits } from './limits/admit.ts'
import { deskOf, openSeats } from './lane/seats.ts'
import { keepWarm } from './limits/desk.ts'
import type { AccessLog } from './log/access.ts'
import type { Metrics } from './metrics.ts'
import { readHeaders } from './lane/read-headers.ts'
import { keyLabel, namespaceLabel, urlReader } from './lane/read-url.ts'
import { headWriter } from './lane/write-head.ts'
import type { NewRequestId } from './request/identifier.ts'

export interface LaneParts {
  readonly app: App
  readonly limits: Limits
  readonly fixed: Fixed
  readonly newRequestId: NewRequestId
  readonly access: AccessLog
  readonly metrics: Metrics
  /** False while the server is stopping: then Fastify tells clients to go elsewhere. */
  readonly open: () => boolean
}

/** True where the request was answered. */
export type Lane = (request: IncomingMessage, response: ServerResponse) => boolean

export const openLane = (parts: LaneParts): Lane => {
  const { app, limits, fixed, newRequestId, access, metrics } = parts
  const { platform, ports } = app
  const proven = provenKeys(app)
  const findSeat = openSeats(app, proven, limits.desks)
  const readKnownUrl = urlReader()
  const writeHead = headWriter(fixed)
  const hit = metrics.lane('hit')
  const timings = {
    key: { found: metrics.route('GET', keyLabel, 200), unchanged: metrics.route('GET', keyLabel, 304) },
    namespace: {
      found: metrics.route('GET', namespaceLabel, 200),
      unchanged: metrics.route('GET', namespaceLabel, 304),
    },
  }

  return (request, response) => {
    if (request.method !== 'GET' || request.httpVersionMinor !== 1) return false
    const asked = readKnownUrl(request.url ?? '')
    if (asked === undefined || !parts.open()) return false
    const { socket } = response
    // An answer before this one is not out yet: node:http keeps their order.
    if (socket === null || !socket.writable) return false
    const sent = readHeaders(request.rawHeaders)
    if (sent?.credential === undefined) return false
    const seat = findSeat(sent.credential, sent.keyAt)
    if (seat === undefined) return false
    const state = seat.held.state()
    const platformState = platform.state()
    const caller = proven.caller(seat.key, state)
    if (caller === undefined || !allows(caller.grants, asked.needs)) return false
    const { environment, namespace, key } = asked
    const { shelf } = seat
    let found =
      shelf !== undefined && shelf.namespace === namespace && shelf.environment === environment
        ? readShelf(shelf, key, state, platformState)
        : undefined
    if (found === undefined) {
      found = readCached(app, seat.held, environment, namespace, key)
      if (found === undefined) return false
      seat.shelf = found.shelf
    }

    const { ifNoneMatch } = sent
    const unchanged = ifNoneMatch === found.etag
    // Lists, weak tags and `*` are read by the ordinary way.
    if (ifNoneMatch !== undefined && !unchanged && ifNoneMatch.length !== found.etag.length) return false

    const now = ports.now()
    const desk = deskOf(limits.desks, seat, state, platformState)
    // Everything from here on is the lane's: the request is counted.
    if (!limits.roomAtNode() || limits.count(desk, now) !== undefined) return false
    limits.node()
    keepWarm(app, desk, now)

    const started = performance.now()
    const id = newRequestId(sent.requestId)
    const head = writeHead(unchanged ? 304 : 200, id, desk, found, now)
    if (unchanged) socket.write(head, 'latin1')
    else if (typeof found.body === 'string') socket.write(head + found.body, 'latin1')
    else {
      socket.cork()
      socket.write(head, 'latin1')
      socket.write(found.body)
      socket.uncork()
    }
    // To node:http the answer is out: the connection goes on to its next request, and waits for it no longer than for any other.
    response.emit('finish')

    const took = (performance.now() - started) / 1000
    hit.count++
    const timing = key === undefined ? timings.namespace : timings.key
    ;(unchanged ? timing.unchanged : timing.found).observe(took)
    access.plain(id, unchanged ? asked.unchangedFacts : asked.facts, took, now)
    return true
  }
}
