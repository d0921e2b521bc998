// Opening: what is made, what is refused, and in which words.
import { CreateTableCommand, DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { codeOf } from '@konfig/journal/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrow } from '../../../tests/servers/desk.ts'
import {
  type DynamodbProxy,
  type DynamodbTable,
  openDynamodbProxy,
  throttled,
} from '../../../tests/servers/dynamodb.ts'
import { openDynamodb } from './open.ts'
import { CannotOpen } from '@konfig/journal'
import { definitionOf } from './schema/table.ts'
import { batch, clock, tablesOf } from './testing/tables.ts'

const { empty, open } = tablesOf()
let proxy: DynamodbProxy
beforeAll(async () => {
  proxy = await openDynamodbProxy(await borrow('dynamodb'))
})
afterAll(() => proxy.close())

const refusal = async (opening: Promise<unknown>): Promise<string> => {
  const reason = await opening.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(reason).toBeInstanceOf(CannotOpen)
  return (reason as Error).message
}
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

describe('opening a table', () => {
  it('makes it, with an index and a time to live, and finds everything again', async () => {
    const table = await empty()
    const first = await open(table)
    expect(first.warnings).toEqual([])
    expect(await first.journal.append([batch(1)])).toEqual(['landed'])
    const second = await open(table)
    expect(await second.journal.head('log')).toBe(1)
  })

  it('may be done by many nodes at once where there is none yet', async () => {
    const table = await empty()
    const nodes = await Promise.all(Array.from({ length: 6 }, () => open(table)))
    const landings = await Promise.all(nodes.map(({ journal }) => journal.append([batch(1)])))
    expect(landings.flat()).toEqual(nodes.map(() => 'landed'))
    // All have the one installation: a cursor of one is good for the others.
    const cursors = await Promise.all(nodes.map(async ({ journal }) => (await journal.changedSince(undefined)).cursor))
    expect(new Set(cursors.map((cursor) => cursor.split('/')[0])).size).toBe(1)
  })

  it('refuses a newer format, names it, and changes nothing', async () => {
    const table = await empty()
    await open(table)
    await table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { p: { S: 'konfig' }, s: { S: 'installation' }, format: { N: '7' }, id: { S: 'x' } },
      }),
    )
    await expect(openDynamodb({ url: table.url, clock })).rejects.toMatchObject({
      failure: { code: 'journal_newer', data: { found: 7 } },
    })
  })

  it('finishes what a node that died half way through had begun', async () => {
    const table = await empty()
    await table.client.send(new CreateTableCommand(definitionOf(table.name)))
    const { journal } = await open(table)
    expect(await journal.append([batch(1)])).toEqual(['landed'])
    await table.client.send(
      new DeleteItemCommand({ TableName: table.name, Key: { p: { S: 'konfig' }, s: { S: 'installation' } } }),
    )
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
    expect(await refusal(open(table))).toContain(said)
    expect(await itemsIn(table)).toBe(0)
  })

  it('says that there is no table where it may not make it', async () => {
    const table = await empty()
    expect(
      await refusedBy('AccessDeniedException', ['CreateTable'], () => refusal(open(table, { way: proxy }))),
    ).toContain(`There is no table ${table.name} in eu-central-1`)
  })

  it.each(['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'DescribeTable'])(
    'says which page lists the actions where it may not %s',
    async (operation) => {
      const table = await empty()
      await open(table)
      expect(
        await refusedBy('AccessDeniedException', [operation], () => refusal(open(table, { way: proxy }))),
      ).toContain('the credentials may not use it. docs/how-to-dynamodb.md lists the actions')
    },
  )

  it('works without the right to set a time to live, and says so', async () => {
    const table = await empty()
    const { warnings } = await refusedBy('AccessDeniedException', ['DescribeTimeToLive', 'UpdateTimeToLive'], () =>
      open(table, { way: proxy }),
    )
    expect(warnings).toEqual([expect.stringContaining('may not see or set the time to live')])
  })

  it.each([
    ['UnrecognizedClientException', 'the credentials are not valid, or not in this region'],
    ['InvalidSignatureException', 'or are for another region, or the clock of this machine is wrong'],
    ['ExpiredTokenException', 'the credentials have ended'],
  ])('says that the credentials are refused on %s', async (exception, said) => {
    const table = await empty()
    expect(await refusedBy(exception, [], () => refusal(open(table, { way: proxy })))).toContain(said)
  })

  it('says unavailable where no service answers, and while it throttles', async () => {
    expect(
      await codeOf(openDynamodb({ url: 'dynamodb://eu-central-1/konfig?endpoint=http://127.0.0.1:1', clock })),
    ).toBe('unavailable')
    const table = await empty()
    await open(table)
    for (const operation of ['DescribeTable', 'GetItem'])
      expect(await refusedBy(throttled, [operation], () => codeOf(open(table, { way: proxy, patience: 50 })))).toBe(
        'unavailable',
      )
  })
})
