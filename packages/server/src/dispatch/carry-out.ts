// Carries out an operation for a request that was let in: validates, builds the context, runs the use case, sends its answer.
import type { Input } from '@konfig/api'
import { type Context, noteRefusal } from '@konfig/app'
import { failure, type Issue, KonfigError } from '@konfig/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { expectationOf } from '../request/entity-tag.ts'
import { idempotencyOf, openFlights } from '../request/idempotency.ts'
import { inTermsOf } from '../request/pointers.ts'
import type { Route } from './compile.ts'
import { header, type Passage, passageOf } from './passage.ts'
import { readBody, type ReadBody } from './read-body.ts'
import type { Sender } from './reply.ts'

const unreadable = (issues: readonly Issue[]): KonfigError => {
  const [first] = issues
  const reason =
    first === undefined
      ? 'it has not the shape that is asked for'
      : `${first.pointer || 'the body'}: ${first.detail.replace(/\.$/, '')}`
  return new KonfigError(failure('malformed_request', { reason }, issues))
}

const validate = (route: Route, passage: Passage, body: unknown): void => {
  const issues = [
    ...route.validatePath(passage.path),
    ...passage.query.issues,
    ...(passage.query.issues.length > 0 ? [] : route.validateQuery(passage.query.query)),
    ...(route.validateBody === undefined
      ? []
      : body === undefined
        ? [{ code: 'body_invalid', pointer: '', detail: 'A body must be sent.' } as const]
        : route.validateBody(body)),
  ]
  if (issues.length > 0) throw unreadable(issues)
}

const asksForKey = (context: Omit<Context, 'write'>): boolean =>
  context.side === 'tenant' && context.log.state().get('settings', 'settings')?.body['requireIdempotencyKey'] === true

const resumeOf = (request: FastifyRequest): Input<unknown, unknown, unknown>['resume'] => {
  const id = header(request, 'last-event-id')
  return id === undefined ? undefined : { id, log: header(request, 'konfig-log') }
}

export const carryOut = (route: Route, sender: Sender) => {
  const flights = openFlights()
  const { operation } = route

  /** A precondition is kept or refused, never passed over: whoever sends one relies on it. */
  const expected = (request: FastifyRequest): Context['write']['expect'] => {
    const expect = expectationOf(header(request, 'if-match'), header(request, 'if-none-match'))
    const creates = expect === 'absent' && operation.status === 201
    if (expect === undefined || creates || operation.refuses.includes('precondition_failed')) return expect
    throw new KonfigError(
      failure('malformed_request', {
        reason: `this route takes no If-Match and no If-None-Match${operation.refuses.includes('revision_moved') ? '; send ifRevision' : ''}`,
      }),
    )
  }

  const writeOptions = (
    request: FastifyRequest,
    passage: Passage,
    { bytes }: ReadBody,
    context: Omit<Context, 'write'>,
  ): Context['write'] => {
    if (operation.writes !== true) return { dryRun: false }
    const { dryRun, message } = passage.query.query
    const given = header(request, 'idempotency-key')
    if (given === undefined && asksForKey(context))
      throw new KonfigError(
        failure('malformed_request', { reason: 'this tenant asks for an Idempotency-Key on every write' }),
      )
    return {
      dryRun: dryRun === true,
      message: typeof message === 'string' ? message : undefined,
      expect: expected(request),
      idempotency:
        given === undefined || dryRun === true
          ? undefined
          : idempotencyOf(given, request.method, request.url, bytes, context.app.keyedHash),
    }
  }

  /** What the operation itself asks for in the query, without what every write takes. */
  const ownQuery = (query: Passage['query']['query']): Passage['query']['query'] =>
    Object.fromEntries(Object.entries(query).filter(([name]) => operation.query?.properties[name] !== undefined))

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const passage = passageOf(request)
    const { context } = passage
    if (context === undefined) throw new Error('A request reached its operation without having been let in.')
    const read = readBody(route, request)
    validate(route, passage, read.body)
    const write = writeOptions(request, passage, read, context)
    const actor = context.caller.type === 'anonymous' ? '' : context.caller.actor
    const land =
      write.idempotency === undefined
        ? undefined
        : flights.begin(`${context.log.log} ${actor} ${write.idempotency.key}`)
    try {
      const input = {
        path: passage.path,
        query: ownQuery(passage.query.query),
        body: read.body,
        mediaType: read.mediaType,
        expect: write.expect,
        resume: operation.streams === true ? resumeOf(request) : undefined,
      }
      const answer = await operation.run({ ...context, write }, input as never).catch((reason: unknown) => {
        noteRefusal(context, reason)
        throw reason instanceof KonfigError
          ? new KonfigError(inTermsOf(operation, reason.failure), { cause: reason })
          : reason
      })
      if (answer.stream !== undefined) return sender.stream(request, reply, answer.stream)
      const status = answer.status ?? operation.status ?? (answer.body === undefined ? 204 : 200)
      return sender.answer(request, reply, answer, { status, wrote: operation.writes === true })
    } finally {
      land?.()
    }
  }
}
