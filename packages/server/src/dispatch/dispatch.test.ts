// The steps that every request passes, tried with operations that exist for nothing else.
import { type Operation, operation } from '@konfig/api'
import { commit } from '@konfig/app'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestNode, type TestNode } from '../testing/node.ts'
import { compileRoutes } from './compile.ts'

const seen: unknown[] = []
const gate: { release: (() => void) | undefined } = { release: undefined }

const land = (): void => {
  gate.release?.()
  gate.release = undefined
}

const Name = Type.Object({ ns: Type.String() })
const readToy = operation({
  route: 'GET /toys/{ns}',
  summary: 'Read a toy',
  tag: 'Toys',
  guard: 'value:read',
  side: 'tenant',
  place: ({ path }) => ({ namespace: path.ns }),
  path: Name,
  query: Type.Object(
    { count: Type.Optional(Type.Integer()), deep: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  answer: Type.Unknown(),
  refuses: [],
  example: {},
  run: async (_context, input) => ({ body: { ns: input.path.ns, query: input.query } }),
})
const writeToy = operation({
  route: 'POST /toys/{ns}',
  summary: 'Write a toy',
  tag: 'Toys',
  guard: 'config:write',
  side: 'tenant',
  path: Name,
  body: Type.Object(
    { name: Type.String({ maxLength: 5 }), size: Type.Optional(Type.Integer()) },
    { additionalProperties: false },
  ),
  answer: Type.Unknown(),
  status: 201,
  writes: true,
  refuses: ['precondition_failed'],
  example: {},
  run: async (context, input) => {
    seen.push({ write: context.write, expect: input.expect })
    if (input.body.name === 'slow') await new Promise<void>((resolve) => (gate.release = resolve))
    if (input.body.name === 'break') throw new Error('with a secret inside')
    const committed = await commit(context, () => ({
      ok: true,
      value: {
        intentions: [{ op: 'put', kind: 'namespace', name: input.path.ns, body: { description: input.body.name } }],
      },
    }))
    return { body: { revision: committed.revision } }
  },
})
const takeText = operation({
  route: 'PUT /texts',
  summary: 'Take text',
  tag: 'Toys',
  guard: 'signed-in',
  side: 'tenant',
  body: Type.String(),
  accepts: ['text/*', 'application/json'],
  bodyLimit: 100,
  answer: Type.Unknown(),
  refuses: [],
  example: {},
  run: async (_context, input) => ({ body: { text: input.body, mediaType: input.mediaType } }),
})
const greet = operation({
  route: 'POST /greet',
  summary: 'Greet',
  tag: 'Toys',
  guard: 'public',
  side: 'platform',
  answer: Type.Unknown(),
  refuses: [],
  example: {},
  run: async () => ({ body: { hello: true } }),
})
const platformToy = operation({
  route: 'GET /platform/toys',
  summary: 'Read',
  tag: 'Toys',
  guard: 'platform:read',
  side: 'platform',
  answer: Type.Unknown(),
  refuses: [],
  example: {},
  run: async () => ({ body: {} }),
})
const toys: readonly Operation[] = [readToy, writeToy, takeText, greet, platformToy]

let node: TestNode
let editor: string
let reader: string
beforeAll(async () => {
  node = await openTestNode({ operations: toys })
  editor = await node.key('editor')
  reader = await node.key('reader')
})
afterAll(async () => {
  await node.close()
})

const call = (
  method: string,
  url: string,
  given: { readonly key?: string; readonly headers?: Record<string, string>; readonly body?: string | object } = {},
) =>
  node.server.fastify.inject({
    method: method as 'GET',
    url: `/api/v1${url}`,
    headers: { ...(given.key === undefined ? {} : { 'x-api-key': given.key }), ...given.headers },
    ...(given.body === undefined ? {} : { payload: given.body }),
  })
const write = (body: string | object, headers: Record<string, string> = {}) =>
  call('POST', '/toys/billing', { key: editor, body, headers: { 'content-type': 'application/json', ...headers } })

describe('starting', () => {
  it('is refused for an operation without a guard', () => {
    expect(() => compileRoutes([{ ...greet, guard: undefined as never }])).toThrow('names no guard')
    expect(() => compileRoutes([{ ...greet, guard: 'no:such' as never }])).toThrow('names no guard')
  })
  it('is refused where two operations answer the same request', () => {
    expect(() => compileRoutes([readToy, { ...readToy, route: 'GET /toys/{id}' }])).toThrow('Two operations')
  })
})

describe('who is asking', () => {
  it('must be known: 401 and how to say it', async () => {
    const answer = await call('GET', '/toys/billing')
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toContain('Bearer')
    expect(answer.json()).toMatchObject({ code: 'unauthenticated', status: 401 })
  })
  it('comes before the permission, the permission before what is there and what was sent', async () => {
    const answer = await call('POST', '/toys/nowhere', {
      key: reader,
      body: '{broken',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toMatchObject({ code: 'denied', data: { permission: 'config:write' } })
  })
  it('of a tenant has nothing to say on the platform side', async () => {
    expect((await call('GET', '/platform/toys', { key: editor })).statusCode).toBe(403)
  })
  it('may be anybody on a public route, with an old credential too', async () => {
    expect((await call('POST', '/greet', { key: 'kfg_old' })).statusCode).toBe(200)
  })
  it('names a namespace by its id as by its name', async () => {
    const held = await node.app.logs.hold(node.tenant.config)
    const id = held.state().get('namespace', 'billing')?.id ?? ''
    expect((await call('GET', `/toys/${id}`, { key: reader })).json()).toMatchObject({ ns: 'billing' })
    expect((await call('GET', `/toys/${id.toUpperCase()}`, { key: reader })).json()).toMatchObject({ ns: 'billing' })
  })
})

describe('what was sent', () => {
  it('is read by the schema: numbers and booleans of the query', async () => {
    expect((await call('GET', '/toys/billing?count=5&deep=true', { key: reader })).json()).toMatchObject({
      query: { count: 5, deep: true },
    })
  })
  it('may hold nothing that is not known, and nothing twice', async () => {
    for (const query of ['extra=1', 'count=1&count=2', 'count=x', '__proto__=1', 'dryRun=true']) {
      const answer = await call('GET', `/toys/billing?${query}`, { key: reader })
      expect([query, answer.statusCode, answer.json().code]).toEqual([query, 400, 'malformed_request'])
      expect(answer.json().errors[0].pointer).toMatch(/^\/query\//)
    }
  })
  it('is refused field by field, with pointers and without values', async () => {
    const answer = await write({ name: 'far-too-long-a-name', size: 'big', more: 1 })
    expect(answer.statusCode).toBe(400)
    const pointers = answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)
    expect(pointers).toEqual(expect.arrayContaining(['/name', '/size', '/more']))
    expect(answer.body).not.toContain('far-too-long')
  })
  it('is 400 where it is no JSON, too deep, poisonous or rounded', async () => {
    for (const body of [
      '{',
      '',
      '{"a":1}{',
      `${'['.repeat(200)}${']'.repeat(200)}`,
      '{"__proto__":{}}',
      '{"name":"a","constructor":1}',
      '{"\\u005f_proto__":1}',
      '{"name":"a","size":9007199254740993}',
    ]) {
      const answer = await write(body)
      expect([body.slice(0, 30), answer.statusCode, answer.json().code]).toEqual([
        body.slice(0, 30),
        400,
        'malformed_request',
      ])
    }
    expect((await write('{"__proto__":{}}')).json().detail).toContain('__proto__')
  })
  it('may repeat a key: the last one counts', async () => {
    expect((await write('{"name":"a","name":"b"}')).statusCode).toBe(201)
  })
  it('is 415 where the media type is not read here', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/merge-patch+json',
      'application/json; charset=utf-16',
    ])
      expect((await write('{}', { 'content-type': type })).statusCode).toBe(415)
    expect((await write('{}', { 'content-encoding': 'gzip' })).statusCode).toBe(415)
  })
  it('is 413 beyond the limit of the route', async () => {
    const answer = await call('PUT', '/texts', {
      key: reader,
      body: 'x'.repeat(101),
      headers: { 'content-type': 'text/yaml' },
    })
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'too_large'])
    expect(answer.json().detail).toContain('larger than 100 bytes;')
  })
  it('reaches a route that takes text as it is, mark and all', async () => {
    const answer = await call('PUT', '/texts', {
      key: reader,
      body: '\ufeff{"a": 1, "a": 1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.json()).toEqual({ text: '\ufeff{"a": 1, "a": 1}', mediaType: 'application/json' })
  })
  it('is refused where the path holds control characters', async () => {
    expect((await call('GET', '/toys/a%00b', { key: reader })).statusCode).toBe(400)
    expect((await call('GET', '/toys/%zz', { key: reader })).statusCode).toBe(400)
  })
})

describe('a write', () => {
  it('hands on what it expects, its message and whether it is a dry run', async () => {
    seen.length = 0
    const id = '00000000-0000-4000-8000-000000000001'
    await call('POST', '/toys/billing?dryRun=true&message=why', {
      key: editor,
      body: { name: 'a' },
      headers: { 'content-type': 'application/json', 'if-match': `"${id}.3", W/"x", "y"` },
    })
    expect(seen[0]).toMatchObject({ write: { dryRun: true, message: 'why' }, expect: [{ id, version: 3 }] })
    expect((await write({ name: 'a' }, { 'if-none-match': '"a"' })).statusCode).toBe(400)
    expect((await write({ name: 'a' }, { 'if-match': 'unquoted' })).statusCode).toBe(400)
  })
  it('is carried out once under one Idempotency-Key, and refused while it is under way', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = write({ name: 'slow' }, headers)
    await expect.poll(() => gate.release).toBeDefined()
    const second = await write({ name: 'slow' }, headers)
    expect([second.statusCode, second.json().code]).toEqual([409, 'idempotency_in_flight'])
    land()
    const { revision } = (await first).json()
    const repeat = write({ name: 'slow' }, headers)
    await expect.poll(() => gate.release).toBeDefined()
    land()
    expect((await repeat).json()).toEqual({ revision })
    expect((await write({ name: 'other' }, headers)).json()).toMatchObject({
      code: 'idempotency_mismatch',
      status: 422,
    })
    expect((await write({ name: 'a' }, { 'idempotency-key': 'with space' })).statusCode).toBe(400)
  })
  it('that breaks on our side says no more than its request id', async () => {
    const answer = await write({ name: 'break' })
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'bug', data: {} })
    expect(answer.body).not.toContain('secret')
    expect(
      node.lines().some((line) => line.includes(answer.json().requestId) && line.includes('A request failed')),
    ).toBe(true)
  })
})

describe('every answer', () => {
  it('carries the point, the logs, the limits, a request id and what keeps browsers honest', async () => {
    const answer = await call('GET', '/toys/billing', { key: reader, headers: { 'x-request-id': 'mine_1' } })
    const held = await node.app.logs.hold(node.tenant.config)
    expect(answer.headers).toMatchObject({
      'x-request-id': 'mine_1',
      'konfig-point': `${node.app.platform.state().revision}-${held.state().revision}`,
      'konfig-log': `${node.app.platform.log}.${node.tenant.config}`,
      'ratelimit-policy': '"default";q=10000;w=60',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-cache',
    })
    expect(answer.headers['ratelimit']).toMatch(/^"default";r=\d+;t=\d+$/)
    expect(
      (await call('GET', '/toys/billing', { key: reader, headers: { 'x-request-id': 'bad id' } })).headers[
        'x-request-id'
      ],
    ).not.toBe('bad id')
  })
  it('to a reader who has it already is 304, for lists and for *', async () => {
    const { etag } = (await call('GET', '/toys/billing', { key: reader })).headers
    for (const header of [etag, `"a", ${etag}`, `W/${etag}`, '*']) {
      const answer = await call('GET', '/toys/billing', { key: reader, headers: { 'if-none-match': String(header) } })
      expect([answer.statusCode, answer.body, answer.headers.etag]).toEqual([304, '', etag])
    }
    expect(
      (await call('GET', '/toys/billing', { key: reader, headers: { 'if-none-match': '"other"' } })).statusCode,
    ).toBe(200)
  })
  it('waits for a point that is there, and refuses one beyond the head', async () => {
    const point = (await call('GET', '/toys/billing', { key: reader })).headers['konfig-point']
    expect(
      (await call('GET', '/toys/billing', { key: reader, headers: { 'konfig-min-point': String(point) } })).statusCode,
    ).toBe(200)
    expect(
      (await call('GET', '/toys/billing', { key: reader, headers: { 'konfig-min-point': '0-99999' } })).json(),
    ).toMatchObject({ status: 400, code: 'point_ahead' })
    expect((await call('GET', '/toys/billing', { key: reader, headers: { 'konfig-min-point': 'x' } })).statusCode).toBe(
      400,
    )
  })
})

describe('what is not there', () => {
  it('is 404 as a problem, before anything is read', async () => {
    for (const path of ['/nothing', '/toys/', '/toys//', '/toys/a/b', '/toys/..%2fgreet', '/toys/a;b/c']) {
      const answer = await call('GET', path, { key: reader })
      expect([path, answer.statusCode, answer.headers['content-type']]).toEqual([path, 404, 'application/problem+json'])
    }
  })
  it('as a method is 405 and names those that are', async () => {
    const answer = await call('DELETE', '/toys/billing', { key: reader })
    expect([answer.statusCode, answer.headers['allow'], answer.json().code]).toEqual([
      405,
      'GET, HEAD, POST, OPTIONS',
      'method_not_allowed',
    ])
    const options = await call('OPTIONS', '/toys/billing')
    expect([options.statusCode, options.headers['allow']]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  })
  it('was once at /v1, which leads on', async () => {
    const answer = await node.server.fastify.inject({ method: 'POST', url: '/v1/toys/billing?x=1' })
    expect([answer.statusCode, answer.headers['location']]).toEqual([308, '/api/v1/toys/billing?x=1'])
  })
  it('is the body of a HEAD', async () => {
    const answer = await call('HEAD', '/toys/billing', { key: reader })
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
  })
})

describe('the server log', () => {
  it('has a line for each request, without its query and its credential', async () => {
    await call('GET', '/toys/billing?count=7654321', { key: reader, headers: { 'x-request-id': 'logged' } })
    await expect.poll(() => node.lines().find((line) => line.includes('"logged"'))).toBeDefined()
    const line = node.lines().find((each) => each.includes('"logged"')) ?? ''
    expect(JSON.parse(line)).toMatchObject({
      msg: 'request',
      method: 'GET',
      path: '/api/v1/toys/billing',
      route: '/toys/{ns}',
      status: 200,
    })
    expect(line).not.toContain('7654321')
    expect(node.lines().join('')).not.toContain(reader)
  })
})
