// Konfig as people run it on DynamoDB: the bad days of every server, and those that are DynamoDB's own.
import { CreateTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { badDays } from '../harness/bad-days.ts'
import { nodesOn, put, read, retries } from '../harness/nodes.ts'
import { field } from '../harness/session.ts'
import {
  type DynamodbProxy,
  type DynamodbServer,
  isWrite,
  nameTable,
  openDynamodbProxy,
  startDynamodb,
  throttled,
} from '../servers/dynamodb.ts'

let server: DynamodbServer
let proxy: DynamodbProxy

beforeAll(async () => {
  server = await startDynamodb()
  proxy = await openDynamodbProxy(server)
})
afterEach(() => proxy.refuse())
afterAll(async () => {
  await proxy.close()
  await server.remove()
})

badDays(
  'DynamoDB',
  async () => {
    const table = nameTable(server)
    const stranger = await openDynamodbProxy(server)
    stranger.refuse('UnrecognizedClientException')
    return {
      ...server,
      journal: { KONFIG_JOURNAL: table.url },
      wrong: { KONFIG_JOURNAL: table.through(stranger) },
      remove: async () => {
        await stranger.close()
        await table.drop()
      },
    }
  },
  {
    waitedFor: 'DynamoDB',
    refused: 'the credentials are not valid, or not in this region',
    nowhere: 'dynamodb://eu-central-1/konfig?endpoint=http://127.0.0.1:1',
  },
)

const { start, urlOf, administrator } = nodesOn(() => ({}))

describe('a table of DynamoDB', () => {
  it('of somebody else is refused at the start and left alone', async () => {
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
})

describe('DynamoDB that throttles', () => {
  it('for a moment: nobody notices. For long: reads go on, writes get 503 with Retry-After, and it heals by itself', async () => {
    const table = nameTable(server)
    const owner = await administrator(await urlOf(start('throttled', { KONFIG_JOURNAL: table.through(proxy) })))
    await owner('POST /namespaces', { body: { name: 'web' } })
    expect((await owner(`PUT ${retries}`, put(49))).status).toBe(201)
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
