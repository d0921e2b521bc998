// Opening: what is made, what is refused, and in which words.
import {
  CreateTableCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { codeOf, openingContract, refusalOf } from '@konfig/journal/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrow } from '../../../tests/servers/desk.ts'
import {
  borrowTable,
  type DynamodbAddress,
  type DynamodbProxy,
  type DynamodbTable,
  openDynamodbProxy,
  throttled,
} from '../../../tests/servers/dynamodb.ts'
import { openDynamodb } from './open.ts'
import { definitionOf } from './schema/table.ts'
import { batch, clock, tablesOf } from './testing/tables.ts'

const { empty, open } = tablesOf()
let proxy: DynamodbProxy
beforeAll(async () => {
  proxy = await openDynamodbProxy(await borrow('dynamodb'))
})
afterAll(() => proxy.close())

const refusedBy = async <T>(exception: string, operations: readonly string[], work: () => Promise<T>): Promise<T> => {
  proxy.refuse(exception, (operation) => operations.length === 0 || operations.includes(operation))
  try {
    return await work()
  } finally {
    proxy.refuse()
  }
}
const itemsIn = async ({ client, name }: DynamodbTable): Promise<number> =>
  (await client.send(new ScanCommand({ TableName: name }))).Count ?? 0

const installation = { p: { S: 'konfig' }, s: { S: 'installation' } }
const openThrough = (way: DynamodbAddress, table: DynamodbTable) => openDynamodb({ url: table.through(way), clock })

openingContract<DynamodbTable>('dynamodb', {
  empty: borrowTable,
  open: (table) => openThrough(table.server, table),
  openMade: (table) => openThrough(table.server, table),
  nameOf: ({ name, server }) => `${name} in eu-central-1 at 127.0.0.1:${server.port}`,
  warnings: [],
  makeHalf: ({ client, name }) => client.send(new CreateTableCommand(definitionOf(name))),
  makeNewer: ({ client, name }) =>
    client.send(new PutItemCommand({ TableName: name, Item: { ...installation, format: { N: '7' }, id: { S: 'x' } } })),
  formatsOf: async ({ client, name }) =>
    (await client.send(new GetItemCommand({ TableName: name, Key: installation }))).Item,
  wrong: async function* (table) {
    for (const [exception, said] of [
      ['UnrecognizedClientException', 'the credentials are not valid, or not in this region'],
      ['InvalidSignatureException', 'or are for another region, or the clock of this machine is wrong'],
      ['ExpiredTokenException', 'the credentials have ended'],
    ] as const)
      yield { open: () => refusedBy(exception, [], () => openThrough(proxy, table)), said }
  },
  lacking: async function* (table) {
    const denied = (operation: string) => () =>
      refusedBy('AccessDeniedException', [operation], () => openThrough(proxy, table))
    yield { open: denied('CreateTable'), said: `There is no table ${table.name} in eu-central-1` }
    await (await openThrough(table.server, table)).journal.close()
    const said = 'the credentials may not use it. docs/how-to-dynamodb.md lists the actions'
    for (const operation of ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'DescribeTable'])
      yield { open: denied(operation), said }
  },
  nowhere: () => openDynamodb({ url: 'dynamodb://eu-central-1/konfig?endpoint=http://127.0.0.1:1', clock }),
})

describe('opening a table', () => {
  it('finishes what a node that died just before the last step had begun', async () => {
    const table = await empty()
    const { journal } = await open(table)
    expect(await journal.append([batch(1)])).toEqual(['landed'])
    await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: installation }))
    expect(await (await open(table)).journal.head('log')).toBe(1)
  })

  it.each([
    [
      'other keys',
      (name: string) => ({
        ...definitionOf(name),
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' as const }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
        GlobalSecondaryIndexes: undefined,
      }),
      'has the key id (N, HASH), and Konfig needs p (S, HASH), s (S, RANGE)',
    ],
    [
      'no index',
      (name: string) => ({
        ...definitionOf(name),
        AttributeDefinitions: definitionOf(name).AttributeDefinitions?.slice(0, 2),
        GlobalSecondaryIndexes: undefined,
      }),
      'has no index named konfig',
    ],
    [
      'an index that shows too little',
      (name: string) => ({
        ...definitionOf(name),
        GlobalSecondaryIndexes: definitionOf(name).GlobalSecondaryIndexes?.map((index) => ({
          ...index,
          Projection: { ProjectionType: 'KEYS_ONLY' as const },
        })),
      }),
      'has an index konfig that does not show last and gone',
    ],
  ])('refuses a table with %s, says what is wrong, and writes nothing to it', async (_, definition, said) => {
    const table = await empty()
    await table.client.send(new CreateTableCommand(definition(table.name)))
    expect(await refusalOf(open(table))).toContain(said)
    expect(await itemsIn(table)).toBe(0)
  })

  it('works without the right to set a time to live, and says so', async () => {
    const table = await empty()
    const { warnings } = await refusedBy('AccessDeniedException', ['DescribeTimeToLive', 'UpdateTimeToLive'], () =>
      open(table, { way: proxy }),
    )
    expect(warnings).toEqual([expect.stringContaining('may not see or set the time to live')])
  })

  it('says unavailable while the service throttles', async () => {
    const table = await empty()
    await open(table)
    for (const operation of ['DescribeTable', 'GetItem'])
      expect(await refusedBy(throttled, [operation], () => codeOf(open(table, { way: proxy, patience: 50 })))).toBe(
        'unavailable',
      )
  })
})
