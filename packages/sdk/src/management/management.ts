// The management client: one method for each operation. Owns how a request is put together, sent again where that is safe, and what a
// refusal is thrown as; the operations come from a generated table.
import { baseOf } from '../connect/options.ts'
import { type Hooks, harmless } from '../connect/hooks.ts'
import { type Ask, type Asked, type Asking, isSendable, readText, send } from '../connect/request.ts'
import { type KonfigProblem, problem, type ProblemIssue, unavailable } from '../errors.ts'
import { largestAnswer } from '../life/follower.ts'
import { type Clock, systemClock } from '../life/clock.ts'
import { jittered, retryAfter, type Waits } from '../life/wait.ts'
import { isObject } from '../values/json.ts'
import { formatPoint, isOlder, parsePoint, type Point } from '../values/point.ts'
import type { Answer, WriteOptions } from './answer.ts'
import { type Operations, routes } from './operations.generated.ts'

export interface ManagementOptions {
  readonly url: string
  /** One of the two: a user's access token or an API key, or what gives the current one. */
  readonly token?: string | (() => string | Promise<string>)
  readonly apiKey?: string | (() => string | Promise<string>)
  /** Milliseconds for one answer. Default 30,000. */
  readonly timeout?: number
  /** How often a request is sent again after a lost connection or a 503. Default 3. */
  readonly retries?: number
  readonly hooks?: Hooks
  readonly fetch?: typeof fetch
  readonly clock?: Clock
  readonly random?: () => number
}

export type Management = Operations

/** What any operation may be given; each names its own parts by type. */
interface Request extends WriteOptions {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>
  readonly body?: unknown
  readonly mediaType?: string
}

const waits: Waits = { first: 200, most: 5000, refused: 0 }

const addressOf = (template: string, path: Request['path'] = {}): string =>
  `/api/v1${template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name]
    if (typeof value !== 'string' && typeof value !== 'number') throw new TypeError(`path.${name} is missing.`)
    return encodeURIComponent(value)
  })}`

type Scalar = string | number | boolean

/** A list travels in one parameter, with commas. */
const textOf = (value: Scalar | readonly Scalar[] | undefined): string | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? value.join(',') : String(value)

const queryOf = ({ query = {}, dryRun, message }: Request): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, textOf(value)])),
  ...(dryRun === undefined ? {} : { dryRun: String(dryRun) }),
  ...(message === undefined ? {} : { message }),
})

const isBytes = (body: unknown): body is Uint8Array<ArrayBuffer> => body instanceof Uint8Array

/** JSON, unless the media type is none of JSON's or the body is bytes already. */
const bodyOf = ({ body, mediaType }: Request): string | Uint8Array<ArrayBuffer> | undefined =>
  body === undefined
    ? undefined
    : isBytes(body) || (typeof body === 'string' && mediaType !== undefined && !/[/+]json$/.test(mediaType))
      ? body
      : JSON.stringify(body)

const problemOf = (response: Response, text: string): KonfigProblem => {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    given = undefined
  }
  const facts = isObject(given) ? given : {}
  const { code, detail, data, errors, requestId } = facts
  return problem({
    status: response.status,
    code: typeof code === 'string' ? code : 'unknown',
    detail: typeof detail === 'string' ? detail : `The server answered ${response.status}, and not as Konfig does.`,
    ...(isObject(data) ? { data } : {}),
    ...(Array.isArray(errors) ? { errors: errors.filter(isObject) as readonly ProblemIssue[] } : {}),
    requestId: typeof requestId === 'string' ? requestId : (response.headers.get('x-request-id') ?? undefined),
    retryAfter: retryAfter(response.headers),
  })
}

const answerOf = (response: Response, text: string): Answer<unknown> => {
  const { headers } = response
  const json = /[/+]json\b/.test(headers.get('content-type') ?? '')
  return {
    status: response.status,
    body: text === '' ? undefined : json ? (JSON.parse(text) as unknown) : text,
    etag: headers.get('etag') ?? undefined,
    point: headers.get('konfig-point') ?? undefined,
    log: headers.get('konfig-log') ?? undefined,
    location: headers.get('location') ?? undefined,
  }
}

export const management = (options: ManagementOptions): Management => {
  const { clock = systemClock, random = Math.random, retries = 3, timeout = 30_000, hooks = {} } = options
  const credential = options.token ?? options.apiKey
  if (typeof credential !== 'function' && !isSendable(credential))
    throw new TypeError('management: give a token or an apiKey, or a function that gives one.')
  const asking: Asking = {
    url: baseOf(options.url),
    apiKey: typeof credential === 'function' ? credential : () => credential,
    fetch: options.fetch ?? ((...given) => globalThis.fetch(...given)),
    hooks,
  }
  /** The newest own write: what is read afterwards must not be older. */
  let written: { readonly log: string; readonly point: Point } | undefined

  const remember = ({ log, point }: Answer<unknown>): void => {
    const at = parsePoint(point)
    if (log === undefined || at === undefined) return
    if (written === undefined || written.log !== log || !isOlder(at, written.point)) written = { log, point: at }
  }

  const pause = (millis: number, signal: AbortSignal | undefined): Promise<void> => {
    harmless(() => hooks.wait?.(millis, 'retry'))
    return new Promise((resolve) => {
      const end = (): void => {
        callOff()
        resolve()
      }
      const callOff = clock.after(millis, end)
      signal?.addEventListener('abort', end, { once: true })
    })
  }

  const once = async (ask: Ask): Promise<{ readonly response: Response; readonly text: string }> => {
    const limit = AbortSignal.timeout(timeout)
    const asked: Asked = await send(asking, {
      ...ask,
      signal: ask.signal === undefined ? limit : AbortSignal.any([ask.signal, limit]),
    })
    try {
      const text = await readText(asked.response, 2 * largestAnswer)
      if (text === undefined) throw unavailable('too_large', 'The answer is larger than this client reads.')
      return { response: asked.response, text }
    } finally {
      asked.end()
    }
  }

  const run = async (name: keyof Operations, request: Request = {}): Promise<Answer<unknown>> => {
    const [route, writes] = routes[name]
    const [method = 'GET', template = ''] = route.split(' ')
    const body = bodyOf(request)
    const key = writes ? (request.idempotencyKey ?? crypto.randomUUID()) : undefined
    // Without a key a POST might take effect twice.
    const repeatable = method === 'GET' || key !== undefined
    for (let failures = 0; ; failures += 1) {
      const minimum = method === 'GET' && written !== undefined ? formatPoint(written.point) : undefined
      let attempt: Awaited<ReturnType<typeof once>>
      try {
        attempt = await once({
          method,
          path: addressOf(template, request.path),
          query: queryOf(request),
          headers: {
            accept: '*/*',
            'content-type': body === undefined ? undefined : (request.mediaType ?? 'application/json'),
            'if-match': request.ifMatch,
            'if-none-match': request.ifNoneMatch,
            'idempotency-key': key,
            'konfig-min-point': minimum,
          },
          body,
          signal: request.signal,
        })
      } catch (reason) {
        request.signal?.throwIfAborted()
        if (reason instanceof TypeError && /^(path|The API key)/.test(reason.message)) throw reason
        if (!repeatable || failures >= retries)
          throw unavailable('unreachable', 'The server did not answer. Look at the url and the network.', reason)
        await pause(jittered(waits, failures, random), request.signal)
        continue
      }
      const { response, text } = attempt
      if (response.ok) {
        const answer = answerOf(response, text)
        if (writes && request.dryRun !== true) remember(answer)
        return answer
      }
      const refused = problemOf(response, text)
      // The log is another one since: a restored server is read as it is.
      if (refused.code === 'point_ahead' && minimum !== undefined) {
        written = undefined
        continue
      }
      const patience = refused.retryAfter ?? 0
      if (response.status !== 503 || !repeatable || failures >= retries || patience > waits.most) throw refused
      await pause(patience + jittered(waits, failures, random), request.signal)
    }
  }

  return Object.fromEntries(
    (Object.keys(routes) as (keyof Operations)[]).map((name) => [name, (request?: Request) => run(name, request)]),
  ) as unknown as Management
}
