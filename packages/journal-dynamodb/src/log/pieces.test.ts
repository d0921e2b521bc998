// Batches that one item cannot hold: never seen before they are whole, and what a writer leaves behind goes.
import { randomBytes } from 'node:crypto'
import { type AttributeValue, DeleteItemCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb'
import { codeOf } from '@konfig/journal/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { borrow } from '../../../../tests/servers/desk.ts'
import {
  type DynamodbProxy,
  type DynamodbTable,
  openDynamodbProxy,
  throttled,
} from '../../../../tests/servers/dynamodb.ts'
import { batch, tablesOf } from '../testing/tables.ts'

const { empty, open } = tablesOf()
let proxy: DynamodbProxy
beforeAll(async () => {
  proxy = await openDynamodbProxy(await borrow('dynamodb'))
})
afterEach(() => proxy.refuse())
afterAll(() => proxy.close())

const large = (): Buffer => randomBytes(1024 * 1024)
const later = { now: () => Date.now() + 2 * 60 * 60 * 1000 }

/** What stands beside the batches of the log: marks and pieces. */
const keysBeside = async ({ client, name }: DynamodbTable): Promise<readonly Record<string, AttributeValue>[]> => {
  const keys: Record<string, AttributeValue>[] = []
  let next: Record<string, AttributeValue> | undefined
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: 'p = :p',
        ExpressionAttributeValues: { ':p': { S: 'parts/log' } },
        ProjectionExpression: 'p, s',
        ...(next === undefined ? {} : { ExclusiveStartKey: next }),
      }),
    )
    keys.push(...(page.Items ?? []))
    next = page.LastEvaluatedKey
  } while (next !== undefined)
  return keys
}
const beside = async (table: DynamodbTable): Promise<number> => (await keysBeside(table)).length
/** From the put of so many on, all are refused. */
const failAfter = (puts: number): void => {
  let left = puts
  proxy.refuse(throttled, (operation) => operation === 'PutItem' && (left -= 1) < 0)
}

describe('a batch in pieces', () => {
  it('has as many as it needs beside it, and no mark once it is there', async () => {
    const table = await empty()
    const { journal } = await open(table)
    expect(await journal.append([batch(1, large())])).toEqual(['landed'])
    expect(await beside(table)).toBe(3)
  })

  it.each([
    ['the mark', 0],
    ['a piece', 2],
    ['the batch itself', 4],
  ])('that fails at %s stored nothing; nobody sees any of it, and the same bytes land later', async (_, puts) => {
    const table = await empty()
    const [{ journal }, other] = [await open(table, { way: proxy, patience: 50 }), await open(table)]
    const one = batch(1, large())
    failAfter(puts)
    expect(await codeOf(journal.append([one]))).toBe('unavailable')
    expect(await other.journal.read('log', 0, 10)).toEqual([])
    expect(await other.journal.head('log')).toBe(0)
    proxy.refuse()
    expect(await journal.append([one])).toEqual(['landed'])
    expect(await other.journal.read('log', 0, 10)).toMatchObject([{ first: 1, payload: new Uint8Array(one.payload) }])
    expect(await beside(table)).toBe(3)
  })

  it('that lost takes its pieces with it, and none of the winner', async () => {
    const table = await empty()
    const [left, right] = [await open(table), await open(table)]
    const [one, two] = [batch(1, large()), batch(1, large())]
    const landings = (await Promise.all([left.journal.append([one]), right.journal.append([two])])).flat()
    expect(landings.toSorted()).toEqual(['conflict', 'landed'])
    expect(await beside(table)).toBe(3)
    const winner = landings[0] === 'landed' ? one : two
    expect(await left.journal.read('log', 0, 1)).toMatchObject([{ payload: new Uint8Array(winner.payload) }])
  })

  it('left by a writer that ended is swept once another batch has its place, and not before', async () => {
    const table = await empty()
    const dying = await open(table, { way: proxy, patience: 50 })
    failAfter(4)
    await codeOf(dying.journal.append([batch(1, large())]))
    proxy.refuse()
    const { journal, records } = await open(table, { clock: later })
    await records.sweep()
    // Its writer may only be slow.
    expect(await beside(table)).toBe(4)
    await journal.append([batch(1)])
    const dayLater = await open(table, { clock: { now: () => later.now() + 25 * 60 * 60 * 1000 } })
    await dayLater.records.sweep()
    expect(await beside(table)).toBe(0)
    expect(await journal.head('log')).toBe(1)
  })

  it('whose mark was left behind keeps its pieces when it is swept', async () => {
    const table = await empty()
    const { journal } = await open(table, { way: proxy, patience: 50 })
    proxy.refuse(throttled, (operation) => operation === 'DeleteItem')
    const one = batch(1, large())
    expect(await journal.append([one])).toEqual(['landed'])
    proxy.refuse()
    expect(await beside(table)).toBe(4)
    await (await open(table, { clock: later })).records.sweep()
    expect(await beside(table)).toBe(3)
    expect(await journal.read('log', 0, 1)).toMatchObject([{ payload: new Uint8Array(one.payload) }])
  })

  it('goes with its pieces when the log is trimmed or erased', async () => {
    const table = await empty()
    const { journal } = await open(table)
    for (const first of [1, 2, 3]) await journal.append([batch(first, large())])
    expect(await beside(table)).toBe(9)
    const checkpoint = large()
    expect(await journal.trim('log', 3, checkpoint)).toBe(true)
    expect(await beside(table)).toBe(6 + 1)
    expect(await journal.read('log', 0, 10)).toMatchObject([
      { first: 1, last: 2, checkpoint: true, payload: new Uint8Array(checkpoint) },
      { first: 3 },
    ])
    await journal.erase('log')
    expect(await beside(table)).toBe(0)
  })

  it('is said to be damaged where one of its pieces is missing', async () => {
    const table = await empty()
    const { journal } = await open(table)
    await journal.append([batch(1, large())])
    const [, piece] = await keysBeside(table)
    await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: piece }))
    expect(await codeOf(journal.read('log', 0, 10))).toBe('journal_corrupt')
  })
})
