// Sends what was found out: answers, and failures as problems, with the headers that belong to both. Knows no rule of the domain.
import { createHash } from 'node:crypto'
import type { Answer } from '@konfig/api'
import type { App, ReadyStream } from '@konfig/app'
import { type Failure, formatPoint } from '@konfig/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerHeaders, type Content, type Fixed, jsonMediaType, readCacheControl, type Standing } from '../headers.ts'
import { rateOf } from '../limits/desk.ts'
import { problemMediaType, problemOf } from '../problem.ts'
import { alreadyHas } from '../request/entity-tag.ts'
import { streamMediaType } from '../streams/event.ts'
import type { Streaming } from '../streams/serve.ts'
import { header, type Passage, passageOf } from './passage.ts'

/** Headers that this file writes itself, wherever an answer names them. */
const ours = new Set([
  'etag',
  'konfig-point',
  'konfig-log',
  'cache-control',
  'vary',
  'content-type',
  'content-length',
  'x-request-id',
])

type Named = ReadonlyMap<string, string>

const named = (headers: Answer<unknown>['headers']): Named =>
  new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))

/** A write's answer is of the point that it made, a read's at least of the point at which it began. */
const pointOf = (app: App, { desk, held }: Passage, wrote: boolean): string | undefined => {
  if (desk === undefined) return undefined
  return wrote || desk.point === ''
    ? formatPoint({ platform: app.platform.state().revision, tenant: held?.state().revision ?? 0 })
    : desk.point
}

const standingOf = (app: App, passage: Passage, wrote: boolean, given?: Named): Standing | undefined => {
  const { desk } = passage
  if (desk === undefined) return undefined
  return {
    policy: desk.policy,
    rate: desk.policy === undefined ? undefined : rateOf(desk, app.ports.now()),
    point: given?.get('konfig-point') ?? pointOf(app, passage, wrote),
    log: given?.get('konfig-log') ?? desk.log,
  }
}

const put = (reply: FastifyReply, flat: readonly string[]): void => {
  for (let at = 0; at < flat.length; at += 2) reply.header(flat[at] ?? '', flat[at + 1] ?? '')
}

export interface Sender {
  readonly answer: (
    request: FastifyRequest,
    reply: FastifyReply,
    answer: Answer<unknown>,
    options: { readonly status: number; readonly wrote: boolean },
  ) => FastifyReply
  /** Throws what opening the stream throws. */
  readonly stream: (request: FastifyRequest, reply: FastifyReply, ready: ReadyStream) => FastifyReply
  readonly problem: (
    request: FastifyRequest,
    reply: FastifyReply,
    reason: Failure,
    more?: { readonly [name: string]: string },
  ) => FastifyReply
}

const bodyOf = (answer: Answer<unknown>): string | Buffer | undefined => {
  const { body, mediaType } = answer
  if (body === undefined || body === null) return undefined
  if (mediaType !== undefined && (typeof body === 'string' || Buffer.isBuffer(body))) return body
  return JSON.stringify(body)
}

const tagOf = (body: string | Buffer): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`

/** Nothing on the way may keep, join or compress events; and no other request comes after a stream. */
const streamHeaders = ['connection', 'close', 'x-accel-buffering', 'no', 'content-type', streamMediaType]

export const openSender = (app: App, fixed: Fixed, streaming: Streaming): Sender => ({
  answer: (request, reply, answer, { status, wrote }) => {
    const passage = passageOf(request)
    const given = named(answer.headers)
    const body = status === 204 ? undefined : bodyOf(answer)
    const readable = request.method === 'GET' || request.method === 'HEAD'
    const etag = given.get('etag') ?? (readable && status === 200 && body !== undefined ? tagOf(body) : undefined)
    const standing = standingOf(app, passage, wrote, given)
    const unchanged = readable && status === 200 && alreadyHas(header(request, 'if-none-match'), etag)
    const sent = unchanged ? undefined : body
    const content: Content = {
      etag,
      cacheControl: given.get('cache-control') ?? (readable ? readCacheControl : 'no-store'),
      mediaType: sent === undefined ? undefined : (answer.mediaType ?? jsonMediaType),
      length: sent === undefined ? 0 : Buffer.byteLength(sent),
    }
    put(reply, answerHeaders(fixed, passage.id, standing, content))
    for (const [name, value] of given) if (!ours.has(name)) reply.header(name, value)
    return reply.code(unchanged ? 304 : status).send(sent)
  },
  stream: (request, reply, ready) => {
    const passage = passageOf(request)
    // What was found out before (CORS) goes along, though Fastify does not write this answer.
    const found = Object.entries(reply.getHeaders()).flatMap(([name, value]) => [name, String(value)])
    const answered = streaming.serve(request, reply, ready, (point) => {
      const standing = standingOf(app, passage, true, named(point === undefined ? {} : { 'konfig-point': point }))
      const content = { etag: undefined, cacheControl: 'no-store, no-transform', mediaType: undefined, length: 0 }
      return [...found, ...answerHeaders(fixed, passage.id, standing, content), ...streamHeaders]
    })
    passage.answered = performance.now()
    return answered
  },
  problem: (request, reply, reason, more = {}) => {
    const passage = passageOf(request)
    const { status, headers, body } = problemOf(reason, passage.id)
    const content: Content = {
      etag: undefined,
      cacheControl: 'no-store',
      mediaType: problemMediaType,
      length: Buffer.byteLength(body),
    }
    put(reply, answerHeaders(fixed, passage.id, standingOf(app, passage, true), content))
    for (const [name, value] of Object.entries({ ...headers, ...more })) reply.header(name, value)
    // As bytes: of a text Fastify would complete the media type with a charset, which this one does not have.
    return reply.code(status).send(Buffer.from(body))
  },
})
