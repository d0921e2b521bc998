// The hot reads, answered before Fastify sees them: one resolved value or one namespace, for a key that this node knows, from bytes that are ready.
// Promise: whatever it answers, the ordinary way would have answered with the same bytes; for all else it steps aside and touches nothing.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, readCached, verifiedKeyLookup } from '@konfig/app'
import { allows, type Place } from '@konfig/core'
import { type Fixed, readHeadersOf } from './headers.ts'
import type { Limits } from './limits/admit.ts'
import { keepWarm, rateOf } from './limits/desk.ts'
import type { AccessLog } from './log/access.ts'
import type { Metrics } from './metrics.ts'
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

const start = '/api/v1/values/'
const query = 'environment='
export const keyLabel = '/values/{ns}/{key}'
export const namespaceLabel = '/values/{ns}'

interface Asked {
  readonly path: string
  readonly namespace: string
  readonly key: string | undefined
  readonly environment: string
}

/** Letters, digits, `_` and `-`, and `.` where keys may have it: nothing that could be read in two ways. */
const isPlain = (text: string, from: number, to: number, dots: boolean): boolean => {
  if (from >= to) return false
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (
      !(
        (code >= 97 && code <= 122) ||
        (code >= 48 && code <= 57) ||
        code === 45 ||
        code === 95 ||
        (dots && ((code >= 65 && code <= 90) || code === 46))
      )
    )
      return false
  }
  return true
}

/** A UUID may be the id of a namespace: only the ordinary way can tell. */
const mayBeId = (text: string): boolean => text.length === 36 && text.charCodeAt(8) === 45 && text.charCodeAt(13) === 45

export const readUrl = (url: string): Asked | undefined => {
  if (!url.startsWith(start)) return undefined
  const mark = url.indexOf('?', start.length)
  if (mark === -1 || !url.startsWith(query, mark + 1)) return undefined
  const named = mark + 1 + query.length
  if (!isPlain(url, named, url.length, false)) return undefined
  const slash = url.indexOf('/', start.length)
  const whole = slash === -1 || slash > mark
  const end = whole ? mark : slash
  if (!isPlain(url, start.length, end, false) || (!whole && !isPlain(url, slash + 1, mark, true))) return undefined
  const namespace = url.slice(start.length, end)
  return mayBeId(namespace)
    ? undefined
    : {
        path: url.slice(0, mark),
        namespace,
        key: whole ? undefined : url.slice(slash + 1, mark),
        environment: url.slice(named),
      }
}

const mostUrls = 4096
const longestUrl = 512

/**
 * The same, remembered by URL: tenants ask for the same names over and over, and a name that was met before is found faster.
 * Full of strangers it begins anew, so that memory stays bounded.
 */
const urlReader = (): ((url: string) => Asked | undefined) => {
  const known = new Map<string, Asked>()
  return (url) => {
    const found = known.get(url)
    if (found !== undefined) return found
    const asked = readUrl(url)
    if (asked === undefined || url.length > longestUrl) return asked
    if (known.size >= mostUrls) known.clear()
    known.set(url, asked)
    return asked
  }
}

interface Sent {
  credential: string | undefined
  ifNoneMatch: string | undefined
  requestId: string | undefined
}

/** What the lane understands of a request's headers, or undefined where there is more to them: then the ordinary way takes over. */
const readHeaders = (raw: readonly string[]): Sent | undefined => {
  const sent: Sent = { credential: undefined, ifNoneMatch: undefined, requestId: undefined }
  let host = false
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ''
    // By length first: most headers are none of ours, and lower case costs.
    switch (name.length) {
      case 4: // Host
        if (name.toLowerCase() !== 'host') break
        if (host) return undefined
        host = true
        break
      case 9: // X-API-Key
        if (name.toLowerCase() !== 'x-api-key') break
        if (sent.credential !== undefined) return undefined
        sent.credential = raw[at + 1]
        break
      case 13: {
        const lower = name.toLowerCase()
        if (lower === 'authorization') {
          const value = raw[at + 1] ?? ''
          if (sent.credential !== undefined || !(value.startsWith('Bearer ') || value.startsWith('bearer ')))
            return undefined
          sent.credential = value.slice(7)
        } else if (lower === 'if-none-match') {
          if (sent.ifNoneMatch !== undefined) return undefined
          sent.ifNoneMatch = raw[at + 1]
        }
        break
      }
      case 12: // X-Request-Id
        if (name.toLowerCase() !== 'x-request-id') break
        if (sent.requestId !== undefined) return undefined
        sent.requestId = raw[at + 1]
        break
      case 6: // Origin, Expect
      case 14: // Content-Length
      case 16: // Konfig-Min-Point
      case 17: {
        // Transfer-Encoding
        const lower = name.toLowerCase()
        if (
          lower === 'origin' ||
          lower === 'expect' ||
          lower === 'content-length' ||
          lower === 'konfig-min-point' ||
          lower === 'transfer-encoding'
        )
          return undefined
        break
      }
      default:
    }
  }
  return sent
}

const keyLength = 70

export const openLane = (parts: LaneParts): Lane => {
  const { app, limits, fixed, newRequestId, access, metrics } = parts
  const { logs, platform, ports } = app
  const lookup = verifiedKeyLookup(app)
  const readKnownUrl = urlReader()
  const headersOf = readHeadersOf(fixed)
  const hit = metrics.lane('hit')
  const timings = {
    key: { 200: metrics.route('GET', keyLabel, 200), 304: metrics.route('GET', keyLabel, 304) },
    namespace: { 200: metrics.route('GET', namespaceLabel, 200), 304: metrics.route('GET', namespaceLabel, 304) },
  }

  return (request, response) => {
    if (request.method !== 'GET' || request.httpVersionMinor !== 1) return false
    const asked = readKnownUrl(request.url ?? '')
    if (asked === undefined || !parts.open()) return false
    const sent = readHeaders(request.rawHeaders)
    if (sent?.credential?.length !== keyLength) return false
    const caller = lookup(sent.credential)
    if (caller?.tenant === undefined) return false
    const held = logs.held(caller.tenant.config)
    if (held === undefined) return false
    const { namespace, key, environment } = asked
    const place: Place = { namespace, environments: [environment] }
    if (!allows(caller.grants, { permission: 'value:read', place })) return false
    const found = readCached(app, held, environment, namespace, key)
    if (found === undefined) return false

    const { ifNoneMatch } = sent
    const unchanged = ifNoneMatch === found.etag
    // Lists, weak tags and `*` are read by the ordinary way.
    if (ifNoneMatch !== undefined && !unchanged && ifNoneMatch.length !== found.etag.length) return false

    const now = ports.now()
    const desk = limits.desks.at(caller.tenant, held.state(), platform.state())
    // Everything from here on is the lane's: the request is counted.
    if (!limits.roomAtNode() || limits.count(desk, now) !== undefined) return false
    limits.node()
    keepWarm(app, desk, now)

    const started = performance.now()
    const id = newRequestId(sent.requestId)
    const status = unchanged ? 304 : 200
    response.writeHead(
      status,
      headersOf(unchanged, id, desk, desk.policy === undefined ? undefined : rateOf(desk, now), found),
    )
    if (unchanged) response.end()
    else if (typeof found.body === 'string') response.end(found.body, 'latin1')
    else response.end(found.body)

    const took = (performance.now() - started) / 1000
    hit.count++
    timings[key === undefined ? 'namespace' : 'key'][status].observe(took)
    access.plain(id, 'GET', asked.path, key === undefined ? namespaceLabel : keyLabel, status, took, now)
    return true
  }
}
