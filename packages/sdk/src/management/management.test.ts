import { afterEach, describe, expect, it } from 'vitest'
import { isKonfigProblem, isKonfigUnavailable } from '../errors.ts'
import { openScriptedServer, type ScriptedServer } from '../testing/server.ts'
import { eachItem } from './each-item.ts'
import { type Management, management, type ManagementOptions } from './management.ts'

const servers: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const begin = async (
  more: Partial<ManagementOptions> = {},
): Promise<{ server: ScriptedServer; client: Management }> => {
  const server = await openScriptedServer()
  servers.push(server)
  return { server, client: management({ url: server.url, token: 'a-token', random: () => 0, ...more }) }
}

const json = (body: unknown, headers: Record<string, string> = {}, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const refusal = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ status, code, detail: 'A sentence.', ...more }),
})
const ns = 'billing'

describe('a request', () => {
  it('has its path, query, body and credential where the route wants them', async () => {
    const { server, client } = await begin()
    const asking = client.putNamespaceConfig({
      path: { ns, key: 'a b%c' },
      query: { environment: 'production' },
      body: { value: 1 },
      dryRun: true,
      message: 'why',
      ifMatch: '"x.1"',
    })
    const request = await server.next()
    expect([request.method, request.path, request.query, request.body]).toEqual([
      'PUT',
      '/api/v1/namespaces/billing/configs/a%20b%25c',
      { environment: 'production', dryRun: 'true', message: 'why' },
      '{"value":1}',
    ])
    expect(request.headers).toMatchObject({
      authorization: 'Bearer a-token',
      'content-type': 'application/json',
      'if-match': '"x.1"',
    })
    await request.answer(json({ name: 'a' }, { etag: '"x.2"', 'konfig-point': '1-2', 'konfig-log': 'p.t' }))
    expect(await asking).toMatchObject({ status: 200, body: { name: 'a' }, etag: '"x.2"', point: '1-2', log: 'p.t' })
  })

  it('answers text where the server does, and nothing where there is nothing', async () => {
    const { server, client } = await begin()
    const exporting = client.export({})
    await (await server.next()).answer({ status: 200, headers: { 'content-type': 'text/yaml' }, body: 'a: 1\n' })
    expect((await exporting).body).toBe('a: 1\n')
    const gone = client.deleteNamespaceConfig({ path: { ns, key: 'a' } })
    await (await server.next()).answer({ status: 204 })
    expect((await gone).body).toBeUndefined()
  })

  it('sends a file as it is, under its media type', async () => {
    const { server, client } = await begin()
    const importing = client.import({ body: 'a: 1\n', mediaType: 'text/yaml', query: { namespace: ns } })
    const request = await server.next()
    expect([request.headers['content-type'], request.body]).toEqual(['text/yaml', 'a: 1\n'])
    await request.answer(json({}))
    await importing
  })

  it('without a credential, or with one that no header can carry, is not made, and the message does not repeat it', () => {
    expect(() => management({ url: 'http://127.0.0.1:1' })).toThrow(TypeError)
    expect(() => management({ url: 'http://127.0.0.1:1', token: 'se\ncret' })).toThrow(/^(?!.*cret)/)
  })
})

describe('a refusal', () => {
  it('is thrown as a problem with its code, status, detail, errors and request id', async () => {
    const { server, client } = await begin()
    const asking = client.createNamespace({ body: { name: 'x' } })
    await (await server.next()).answer(
      refusal(422, 'changes_rejected', {
        errors: [{ pointer: '/name', code: 'name_invalid' }],
        requestId: 'r-1',
        data: { a: 1 },
      }),
    )
    const reason = await asking.catch((thrown: unknown) => thrown)
    expect(isKonfigProblem(reason)).toBe(true)
    expect(reason).toMatchObject({
      status: 422,
      code: 'changes_rejected',
      detail: 'A sentence.',
      message: 'A sentence.',
      errors: [{ pointer: '/name', code: 'name_invalid' }],
      requestId: 'r-1',
      data: { a: 1 },
    })
  })

  it('by something that is no Konfig is a problem too', async () => {
    const { server, client } = await begin()
    const asking = client.readMe()
    await (await server.next()).answer({ status: 404, headers: { 'x-request-id': 'r-2' }, body: '<html>' })
    await expect(asking).rejects.toMatchObject({
      name: 'KonfigProblem',
      status: 404,
      code: 'unknown',
      requestId: 'r-2',
    })
  })
})

describe('what is lost', () => {
  it('is sent again with the same idempotency key, so that it takes effect once', async () => {
    const { server, client } = await begin()
    const asking = client.createNamespace({ body: { name: 'x' } })
    const first = await server.next()
    await first.answer({ drop: true })
    const second = await server.next()
    expect(second.headers['idempotency-key']).toBe(first.headers['idempotency-key'])
    expect(second.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    await second.answer(json({ name: 'x' }, {}, 201))
    expect((await asking).status).toBe(201)
  })

  it('is not sent again where it would take effect twice', async () => {
    const { server, client } = await begin()
    const asking = client.login({ body: { email: 'a@b.example', password: 'p' } })
    await (await server.next()).answer({ drop: true })
    const reason = await asking.catch((thrown: unknown) => thrown)
    expect(isKonfigUnavailable(reason)).toBe(true)
    expect(server.waiting()).toBe(0)
  })

  it('is given up after so many times', async () => {
    const { server, client } = await begin({ retries: 1 })
    const asking = client.readMe()
    const failing = asking.catch((thrown: unknown) => thrown)
    await (await server.next()).answer({ drop: true })
    await (await server.next()).answer({ drop: true })
    expect(await failing).toMatchObject({ name: 'KonfigUnavailable', code: 'unreachable' })
  })

  it('and a 503 is waited for as it asks, unless it asks for too long', async () => {
    const waits: number[] = []
    const { server, client } = await begin({ hooks: { wait: (millis) => waits.push(millis) } })
    const asking = client.readMe()
    await (await server.next()).answer(refusal(503, 'unavailable', {}, { 'retry-after': '1' }))
    await (await server.next()).answer(refusal(503, 'unavailable', {}, { 'retry-after': '60' }))
    await expect(asking).rejects.toMatchObject({ status: 503, retryAfter: 60_000 })
    expect(waits).toEqual([1000])
  })
})

describe('after an own write', () => {
  const write = async ({ server, client }: Awaited<ReturnType<typeof begin>>, dryRun?: true): Promise<void> => {
    const writing = client.putNamespaceConfig({ path: { ns, key: 'a' }, body: { value: 1 }, ...(dryRun && { dryRun }) })
    await (await server.next()).answer(json({}, { 'konfig-point': '3-4', 'konfig-log': 'p.t' }))
    await writing
  }

  it('what is read must not be older', async () => {
    const both = await begin()
    await write(both)
    const reading = both.client.readNamespace({ path: { ns } })
    const request = await both.server.next()
    expect(request.headers['konfig-min-point']).toBe('3-4')
    await request.answer(json({}))
    await reading
  })

  it('that was a dry run, nothing is asked for', async () => {
    const both = await begin()
    await write(both, true)
    const reading = both.client.readNamespace({ path: { ns } })
    const request = await both.server.next()
    expect(request.headers['konfig-min-point']).toBeUndefined()
    await request.answer(json({}))
    await reading
  })

  it('a restored server, which has less, is read as it is', async () => {
    const both = await begin()
    await write(both)
    const reading = both.client.readNamespace({ path: { ns } })
    await (await both.server.next()).answer(refusal(400, 'point_ahead'))
    const request = await both.server.next()
    expect(request.headers['konfig-min-point']).toBeUndefined()
    await request.answer(json({ name: ns }))
    expect((await reading).body).toMatchObject({ name: ns })
  })
})

it('lists are walked page by page, each asked for when it is needed', async () => {
  const { server, client } = await begin()
  const names: string[] = []
  const walking = (async () => {
    for await (const { name } of eachItem(client.listNamespaces, { query: { limit: 2 } })) names.push(name)
  })()
  const page = (items: readonly string[], next?: string) =>
    json({ items: items.map((name) => ({ name })), ...(next && { next }) })
  const first = await server.next()
  expect(first.query).toEqual({ limit: '2' })
  await first.answer(page(['a', 'b'], 'c1'))
  const second = await server.next()
  expect(second.query).toEqual({ limit: '2', cursor: 'c1' })
  await second.answer(page(['c']))
  await walking
  expect(names).toEqual(['a', 'b', 'c'])
})
