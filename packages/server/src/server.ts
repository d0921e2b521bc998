// Puts the HTTP side together: routes from the registry, the hot lane before them, and around both what every answer has.
// Owns the order of these; no route, no rule and no option of the process.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { BlockList } from 'node:net'
import { type Operation, operations as registry } from '@konfig/api'
import { type App, closeStreams, settleCounted, streamsOf, usageSliceMillis } from '@konfig/app'
import { type Failure, failure, KonfigError } from '@konfig/core'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { answerBroken } from './broken.ts'
import { openCors } from './cors.ts'
import { bodyBytes, dispatch, tooLarge } from './dispatch/dispatch.ts'
import { beginPassage, header, passageOf } from './dispatch/passage.ts'
import { openSender, type Sender } from './dispatch/reply.ts'
import { serveDocs } from './docs.ts'
import { serveHealth } from './health.ts'
import { fixedHeaders, keepAliveSeconds } from './headers.ts'
import { openLane } from './lane.ts'
import { type LimitOptions, openLimits } from './limits/admit.ts'
import { exchangeMillis } from './limits/exchange.ts'
import { openAccessLog } from './log/access.ts'
import { tellOfFailed } from './log/failed-request.ts'
import type { ServerLog } from './log/server-log.ts'
import { openMetrics } from './metrics.ts'
import { type MetricsAccess, openMetricsListener, serveMetrics } from './metrics-route.ts'
import { openApiOf } from './openapi.ts'
import { failureOf } from './problem.ts'
import { addressReader } from './request/address.ts'
import { requestIds } from './request/identifier.ts'
import { openStreaming, type StreamingOptions } from './streams/serve.ts'

export interface TlsFiles {
  readonly cert: Buffer
  readonly key: Buffer
}

export interface ServerOptions {
  readonly limits: LimitOptions
  readonly corsOrigins: readonly string[]
  readonly trusted: BlockList | undefined
  readonly tls: TlsFiles | undefined
  readonly accessLog: boolean
  readonly metrics: MetricsAccess
  /** Given this process's metrics, answers how to get those of all that share its port. */
  readonly metricsOfAll?: ((own: () => Promise<string>) => () => Promise<string>) | undefined
  readonly streams?: Partial<StreamingOptions>
  /** Without the page at /docs; for tests, which start often. */
  readonly docs: boolean
  readonly version: string
}

export interface Server {
  readonly fastify: FastifyInstance
  /** Answers the port. Rejects where it is taken. */
  readonly listen: (host: string, port: number) => Promise<number>
  /** /metrics alone, on a listener of its own. */
  readonly listenForMetrics: (host: string, port: number) => Promise<HttpServer>
  /** Ready from now on: what is to be there at the start is there. */
  readonly ready: () => void
  /** Not ready from now on, though still answering. */
  readonly beginStop: () => void
  /** Ends when every request under way was answered, or after the patience. */
  readonly stop: (patienceMillis: number) => Promise<void>
  readonly reloadTls: (files: TlsFiles) => void
}

const tidyMillis = 10_000
const largestParameter = 4096
/** Of a request without a body no stream is begun and ended: nothing of it is read here. */
const parsing = { optimizeEmptyRequests: true } as const
const isEmpty = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && headers['content-length'] === undefined
/** Of the patience at the end: streams end spread over it, and the rest is for their last bytes. */
const drainShare = 0.8

const failureOfError = (error: FastifyError, bodyLimit: number): Failure => {
  if (error instanceof KonfigError) return error.failure
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(bodyLimit)
    case 'FST_ERR_BAD_URL':
      return failure('malformed_request', { reason: 'the path is not properly encoded' })
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return failure('route_not_found')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return failure('malformed_request', { reason: 'the body is not as long as Content-Length says' })
    default:
      return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500
        ? failure('malformed_request', { reason: 'it is not proper HTTP' })
        : failureOf(error)
  }
}

export const openServer = async (
  app: App,
  log: ServerLog,
  options: ServerOptions,
  operations: readonly Operation[] = registry,
): Promise<Server> => {
  const cors = openCors(options.corsOrigins)
  const fixed = fixedHeaders({ tls: options.tls !== undefined, cors: cors.enabled })
  const limits = openLimits(app, options.limits, log)
  const metrics = openMetrics()
  const access = openAccessLog(log.write, options.accessLog && log.infoEnabled, Date.now, log.worker)
  const newRequestId = requestIds(randomBytes(6).toString('hex'))
  const addressOf = addressReader(options.trusted)
  const streaming = openStreaming(options.streams)
  const sender: Sender = openSender(app, fixed, streaming)
  let started = false
  let stopping = false
  const lane = openLane({ app, limits, fixed, newRequestId, access, metrics, open: () => !stopping })
  const hit = metrics.lane('hit')
  const aside = metrics.lane('aside')
  let otherReads = 0
  app.turns.watch(() => hit.count + otherReads)

  let http: HttpServer | undefined
  const listener =
    (handler: RequestListener): RequestListener =>
    (request: IncomingMessage, response: ServerResponse) => {
      if (lane(request, response)) return
      if (request.url?.startsWith('/api/v1/values/') === true) aside.count++
      if (request.method === 'GET') otherReads++
      else app.turns.section()
      // Nothing comes of it: whoever waited for its end would wait for good.
      if (isEmpty(request)) delete request.headers['content-type']
      handler(request, response)
    }

  const begin = (request: FastifyRequest): void => {
    const address = addressOf(request.raw.socket.remoteAddress, header(request, 'x-forwarded-for'))
    request.passage ??= beginPassage(newRequestId(header(request, 'x-request-id')), address, performance.now())
  }

  const refuse = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    begin(request)
    const reason = failureOfError(error, request.routeOptions?.bodyLimit ?? bodyBytes)
    tellOfFailed({ log, away: app.onError }, error, reason, passageOf(request).id)
    // What is left of a body that was refused would be taken for the next request.
    if (reason.category === 'too_large' || !request.raw.complete) reply.header('connection', 'close')
    return sender.problem(request, reply, reason)
  }

  const fastify: FastifyInstance = Fastify({
    logger: false,
    bodyLimit: bodyBytes,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: largestParameter },
    frameworkErrors: (error, request, reply) => {
      refuse(error, request as FastifyRequest, reply as FastifyReply)
    },
    clientErrorHandler: (error, socket) => answerBroken(error, socket, newRequestId(undefined)),
    serverFactory: (handler) => {
      const answer = listener(handler as RequestListener)
      http =
        options.tls === undefined
          ? createServer(parsing, answer)
          : createTlsServer({ ...parsing, ...options.tls, minVersion: 'TLSv1.2' }, answer)
      http.keepAliveTimeout = keepAliveSeconds * 1000
      http.headersTimeout = 30_000
      http.requestTimeout = 120_000
      return http
    },
  })

  fastify.decorateRequest('passage', undefined)
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  fastify.setErrorHandler(refuse as never)

  fastify.addHook('onRequest', async (request, reply) => {
    begin(request)
    for (const [name, value] of Object.entries(cors.headers(header(request, 'origin')))) reply.header(name, value)
    if (stopping) reply.header('connection', 'close')
  })
  fastify.addHook('onSend', async (request, reply) => {
    if (reply.hasHeader('x-request-id')) return
    reply.header('x-request-id', passageOf(request).id)
    for (let at = 0; at < fixed.security.length; at += 2) reply.header(fixed.security[at] ?? '', fixed.security[at + 1])
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache')
  })
  fastify.addHook('onResponse', async (request, reply) => {
    const passage = passageOf(request)
    const label = passage.label || request.routeOptions.url || 'none'
    const seconds = ((passage.answered ?? performance.now()) - passage.started) / 1000
    const method = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(request.method) ? request.method : 'OTHER'
    metrics.route(method, label, reply.statusCode).observe(seconds)
    // Before that it is the first run that asks.
    if (started) access.line(passage.id, method, request.url.split('?', 1)[0] ?? '', label, reply.statusCode, seconds)
  })

  serveHealth(fastify, {
    standing: () => (stopping ? 'stopping' : started ? 'ok' : 'starting'),
    away: app.keyStore.away,
    journals: app.places.standing,
  })
  const shown = { ...metrics, text: options.metricsOfAll?.(metrics.text) ?? metrics.text }
  serveMetrics(fastify, shown, options.metrics, sender)
  metrics.gauge('konfig_logs_held', 'Logs whose state is in memory.', () => app.logs.count())
  metrics.gauge(
    'konfig_key_store_away_seconds',
    'How long the store of the master key has not answered; 0 while it does.',
    () => (app.ports.now() - (app.keyStore.away()?.since ?? app.ports.now())) / 1000,
  )
  metrics.gauge(
    'konfig_journals_away',
    'Journals beside the main one that do not answer this node.',
    () => app.places.standing().filter(({ open }) => !open).length,
  )
  metrics.gauge('konfig_keys_kept', 'Logs whose keys are kept for when the store of the master key is away.', () =>
    app.keptKeys(),
  )
  metrics.gauge(
    'konfig_platform_revision',
    'Newest revision of the platform that this node has seen.',
    () => app.platform.state().revision,
  )
  metrics.gauge('konfig_streams_open', 'Streams that clients hold open.', () => streaming.count())
  metrics.gauge('konfig_stream_followers', 'Views that open streams share, and those kept for resuming.', () =>
    streamsOf(app).followers(),
  )
  metrics.gauge('konfig_stream_history_bytes', 'Bytes of what happened, kept for resuming.', () =>
    streamsOf(app).historyBytes(),
  )
  const description = JSON.stringify(openApiOf(operations, options.version))
  fastify.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(description),
  )
  if (options.docs) await serveDocs(fastify)
  dispatch(fastify, operations, { app, limits }, sender, cors)
  await fastify.ready()

  const tidy = setInterval(() => {
    limits.tidy()
  }, tidyMillis)
  tidy.unref()
  const speak = setInterval(limits.speak, exchangeMillis)
  speak.unref()
  // So that others tell a newcomer what was used before it came.
  limits.speak()
  const countUsage = setInterval(() => {
    app.usage.flushSlice().catch(app.onError)
  }, usageSliceMillis)
  countUsage.unref()

  return {
    fastify,
    listen: async (host, port) => {
      // As many connections wait as the system allows: of those beyond them some are reset later, and told nothing.
      await fastify.listen({ host, port, backlog: 65_535 })
      const bound = http?.address()
      return typeof bound === 'object' && bound !== null ? bound.port : port
    },
    listenForMetrics: async (host, port) => {
      const listening = openMetricsListener(shown)
      listening.listen(port, host)
      await once(listening, 'listening')
      return listening
    },
    ready: () => {
      started = true
    },
    beginStop: () => {
      stopping = true
    },
    stop: async (patienceMillis) => {
      stopping = true
      clearInterval(tidy)
      clearInterval(speak)
      // What was taken here counts for its minute, though this node goes.
      limits.speak()
      limits.close()
      clearInterval(countUsage)
      const cut = setTimeout(() => http?.closeAllConnections(), patienceMillis)
      streaming.drain(patienceMillis * drainShare)
      await fastify.close()
      clearTimeout(cut)
      streaming.close()
      closeStreams(app)
      settleCounted(app)
      await app.usage.flush().catch(app.onError)
      access.flush()
      metrics.close()
    },
    reloadTls: (files) => {
      if (http !== undefined && 'setSecureContext' in http)
        (http as unknown as { setSecureContext: (given: TlsFiles) => void }).setSecureContext(files)
    },
  }
}
