// Konfig as people run it on DynamoDB: a process of its own, and a real server that is away, comes, goes, throttles and comes back; and two nodes on one table.
import { CreateTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../harness/client.ts'
import { nodesOn, put, read, retries } from '../harness/nodes.ts'
import { field } from '../harness/session.ts'
import {
  type DynamodbProxy,
  type DynamodbServer,
  type DynamodbTable,
  isWrite,
  nameTable,
  openDynamodbProxy,
  startDynamodb,
  throttled,
} from '../servers/dynamodb.ts'

let server: DynamodbServer
let proxy: DynamodbProxy
let table: DynamodbTable

const { start, urlOf, stop, administrator } = nodesOn(() => ({ KONFIG_JOURNAL: table.url }))

beforeAll(async () => {
  server = await startDynamodb()
  proxy = await openDynamodbProxy(server)
  table = nameTable(server)
})
afterEach(() => proxy.refuse())
afterAll(async () => {
  await proxy.close()
  await server.remove()
})

describe('DynamoDB away', () => {
  it('at the start: the node waits, says so, does not listen, and serves once it is there', async () => {
    await server.stop()
    const child = start('first')
    await child.waitFor(/"msg":"Waiting for the journal"/)
    expect(child.errors()).toMatch(/^waiting: DynamoDB at eu-central-1 does not answer \(ECONNREFUSED\)/)
    expect(child.output()).not.toContain('Listening')
    await server.start()
    const url = await urlOf(child)
    expect((await ask({ url }, { method: 'GET', path: '//health/ready' })).status).toBe(200)
  })

  it('at the start: a node that is told to stop while it waits ends at once, without an error', async () => {
    const child = start('waiting', { KONFIG_JOURNAL: table.through({ port: 1 }) })
    await child.waitFor(/Waiting for the journal/)
    expect(await stop(child)).toBe(0)
    expect(child.errors()).not.toContain('error')
  })

  it('at the start: what waiting cannot mend ends the node with words and a code', async () => {
    proxy.refuse('UnrecognizedClientException')
    const child = start('wrong', { KONFIG_JOURNAL: table.through(proxy) })
    expect(await child.ended).toBe(1)
    expect(child.errors()).toMatch(/^error: DynamoDB does not let in .* the credentials are not valid, or not in this/)
  })

  it('at the start: a table of somebody else is refused and left alone', async () => {
    const other = nameTable(server)
    await other.client.send(
      new CreateTableCommand({
        TableName: other.name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    )
    const child = start('other', { KONFIG_JOURNAL: other.url })
    expect(await child.ended).toBe(1)
    expect(child.errors()).toMatch(/^error: The table .* has the key id \(S, HASH\), and Konfig needs p \(S, HASH\), s/)
    expect((await other.client.send(new ScanCommand({ TableName: other.name }))).Count).toBe(0)
    await other.drop()
  })

  it('later: reads go on, writes get 503 with Retry-After, and it heals by itself', async () => {
    const url = await urlOf(start('second'))
    const owner = await administrator(url)
    await owner('POST /namespaces', { body: { name: 'web' } })
    expect((await owner(`PUT ${retries}`, put(1))).status).toBe(201)
    expect((await owner(read)).json).toMatchObject({ value: 1 })
    await server.stop()
    for (const round of [1, 2]) {
      const refused = await owner(`PUT ${retries}`, put(10 + round))
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true])
      expect((await owner(read)).json).toMatchObject({ value: 1 })
      expect((await ask({ url }, { method: 'GET', path: '//health/ready' })).status).toBe(200)
    }
    await server.start()
    await expect.poll(async () => (await owner(`PUT ${retries}`, put(2))).status, { timeout: 20_000 }).toBe(200)
    expect((await owner(read)).json).toMatchObject({ value: 2 })
    // Refused was refused: nothing of it came later.
    const history = field<readonly { value: unknown }[]>(await owner(`GET ${retries}/history`), 'items')
    expect(history.map(({ value }) => value)).not.toContain(11)
    expect(history.map(({ value }) => value)).not.toContain(12)
  })
})

describe('DynamoDB that throttles', () => {
  it('for a moment: nobody notices. For long: reads go on, writes get 503 with Retry-After, and it heals by itself', async () => {
    const owner = await administrator(await urlOf(start('throttled', { KONFIG_JOURNAL: table.through(proxy) })))
    await owner(read)
    let left = 3
    proxy.refuse(throttled, (operation) => isWrite(operation) && (left -= 1) >= 0)
    expect((await owner(`PUT ${retries}`, put(50))).status).toBe(200)
    proxy.refuse(throttled, isWrite)
    const refused = await owner(`PUT ${retries}`, put(51))
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true])
    expect((await owner(read)).json).toMatchObject({ value: 50 })
    proxy.refuse()
    expect((await owner(`PUT ${retries}`, put(52))).status).toBe(200)
    const history = field<readonly { value: unknown }[]>(await owner(`GET ${retries}/history`), 'items')
    expect(history.map(({ value }) => value)).not.toContain(51)
  })
})

describe('two nodes on one table', () => {
  it('read what the other wrote, whichever way round, and one writer of a version wins', async () => {
    const nodes = await Promise.all([urlOf(start('left')), urlOf(start('right'))])
    const [left, right] = await Promise.all(nodes.map(administrator))
    if (left === undefined || right === undefined) throw new Error('there are two nodes')
    expect((await left(`PUT ${retries}`, put(100))).status).toBe(200)
    await expect.poll(async () => (await right(read)).json, { timeout: 20_000 }).toMatchObject({ value: 100 })
    expect((await right(`PUT ${retries}`, put(200))).status).toBe(200)
    await expect.poll(async () => (await left(read)).json, { timeout: 20_000 }).toMatchObject({ value: 200 })
    const tag = (await left(`GET ${retries}`)).headers.get('etag') ?? ''
    const replies = await Promise.all(
      [left, right].map((node, at) => node(`PUT ${retries}`, { ...put(300 + at), headers: { 'if-match': tag } })),
    )
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412])
  })
})
