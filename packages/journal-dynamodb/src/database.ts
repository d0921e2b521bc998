// Asks the table: one request at a time for each call, at most so many at once, again where the service throttles. Owns retries, deadlines
// and closing; knows keys and conditions, but not what they are for.
import { setTimeout as wait } from 'node:timers/promises'
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Millis } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import { errorOf, faultOf } from './errors.ts'
import { attributesOf, type Item, itemOf, type Key, type Plain } from './schema/items.ts'
import { openGate } from './gate.ts'

/** `#name` stands for the attribute of that name, `:name` for the value that is given under it. */
export interface Expression {
  readonly text: string
  readonly values?: { readonly [name: string]: Plain }
}

/** `doubtful`: an attempt before may have been carried out, so that the refusal may be its doing. */
export type Written =
  | { readonly stored: true }
  | { readonly stored: false; readonly old: Item | undefined; readonly doubtful: boolean }

export interface Asked {
  readonly keys: Expression
  readonly index?: boolean
  readonly backwards?: boolean
  readonly limit?: number
  /** The attributes that are wanted; all if it is left out. */
  readonly only?: readonly string[]
  readonly after?: Page['next']
}

export interface Page {
  readonly items: readonly Item[]
  /** Undefined at the end. */
  readonly next: ReturnType<typeof attributesOf> | undefined
}

/** Writes reject with `Unknown` where the answer was lost. Reads see all that was acknowledged before; those of the index may come later. */
export interface Database {
  readonly get: (key: Key, only?: readonly string[]) => Promise<Item | undefined>
  /** Perhaps not the newest, at half the price. */
  readonly glance: (key: Key) => Promise<Item | undefined>
  readonly query: (asked: Asked) => Promise<Page>
  /** All pages of a query. */
  readonly all: (asked: Asked) => AsyncGenerator<Item>
  readonly put: (item: Item, condition?: Expression) => Promise<Written>
  readonly update: (key: Key, change: Expression, condition?: Expression) => Promise<Written>
  readonly remove: (key: Key, condition?: Expression) => Promise<Written>
  /** Throws `unavailable` once it is closed. */
  readonly check: () => void
  /** Finishes what runs. Later calls reject with `unavailable`. */
  readonly close: () => Promise<void>
}

export interface Patience {
  /** How long a request that is throttled is tried again. */
  readonly throttled: Millis
  readonly connections: number
}

export const indexName = 'konfig'
/** The condition of an item that must be new. */
export const unlessThere: Expression = { text: 'attribute_not_exists(#p)' }
const leastPause = 20
const mostPause = 1000

const namesIn = (...texts: readonly (string | undefined)[]): { ExpressionAttributeNames?: Record<string, string> } => {
  const names = texts.flatMap((text) => [...(text ?? '').matchAll(/#(\w+)/g)].map((match) => match[1] ?? ''))
  return names.length === 0
    ? {}
    : { ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])) }
}

const valuesIn = (...expressions: readonly (Expression | undefined)[]) => {
  const values = expressions.flatMap((one) => Object.entries(one?.values ?? {}))
  return values.length === 0
    ? {}
    : {
        ExpressionAttributeValues: attributesOf(Object.fromEntries(values.map(([name, value]) => [`:${name}`, value]))),
      }
}

const projection = (only: readonly string[] | undefined): string | undefined =>
  only && ['p', 's', ...only].map((name) => `#${name}`).join(', ')

export const openDatabase = (client: DynamoDBClient, table: string, patience: Patience): Database => {
  const running = new Set<Promise<unknown>>()
  const gate = openGate(patience.connections)
  let closed: Promise<void> | undefined

  const check = (): void => {
    if (closed !== undefined) throw unavailable(new Error('the journal is closed'))
  }

  /** The pauses grow and are random, so that those who were refused together do not come again together. */
  const repeated = async <T>(ask: (doubtful: boolean) => Promise<T>): Promise<T> => {
    const until = performance.now() + patience.throttled
    for (let tries = 0, doubtful = false; ; tries += 1) {
      try {
        return await gate(() => ask(doubtful))
      } catch (error) {
        const fault = faultOf(error)
        if (fault !== 'again' && fault !== 'shaky') throw errorOf(error, doubtful)
        doubtful ||= fault === 'shaky'
        const pause = leastPause + Math.random() * Math.min(mostPause, leastPause * 2 ** tries)
        if (performance.now() + pause > until) throw errorOf(error, doubtful)
        await wait(pause)
      }
    }
  }

  const counted = <T>(ask: (doubtful: boolean) => Promise<T>): Promise<T> => {
    if (closed !== undefined) return Promise.reject(unavailable(new Error('the journal is closed')))
    const promise = repeated(ask)
    running.add(promise)
    promise.finally(() => running.delete(promise)).catch(() => undefined)
    return promise
  }

  const written = (send: () => Promise<unknown>): Promise<Written> =>
    counted(async (doubtful) => {
      try {
        await send()
        return { stored: true }
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error
        return { stored: false, old: error.Item === undefined ? undefined : itemOf(error.Item), doubtful }
      }
    })

  const read = (key: Key, consistent: boolean, only?: readonly string[]): Promise<Item | undefined> =>
    counted(async () => {
      const wanted = projection(only)
      const { Item: found } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: attributesOf({ p: key.p, s: key.s }),
          ConsistentRead: consistent,
          ...(wanted === undefined ? {} : { ProjectionExpression: wanted, ...namesIn(wanted) }),
        }),
      )
      return found && itemOf(found)
    })

  const query = ({ keys, index = false, backwards = false, limit, only, after }: Asked): Promise<Page> =>
    counted(async () => {
      const wanted = projection(only)
      const { Items = [], LastEvaluatedKey: next } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: keys.text,
          ScanIndexForward: !backwards,
          ...(index ? { IndexName: indexName } : { ConsistentRead: true }),
          ...(limit === undefined ? {} : { Limit: limit }),
          ...(wanted === undefined ? {} : { ProjectionExpression: wanted }),
          ...(after === undefined ? {} : { ExclusiveStartKey: after }),
          ...namesIn(keys.text, wanted),
          ...valuesIn(keys),
        }),
      )
      return { items: Items.map(itemOf), next }
    })

  const conditional = (condition: Expression | undefined) =>
    condition === undefined
      ? {}
      : { ConditionExpression: condition.text, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }

  return {
    get: (key, only) => read(key, true, only),
    glance: (key) => read(key, false),
    query,

    all: async function* (asked) {
      let page = await query(asked)
      yield* page.items
      while (page.next !== undefined) {
        page = await query({ ...asked, after: page.next })
        yield* page.items
      }
    },

    put: (item, condition) =>
      written(() =>
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: attributesOf({ ...item }),
            ...conditional(condition),
            ...namesIn(condition?.text),
            ...valuesIn(condition),
          }),
        ),
      ),

    update: (key, change, condition) =>
      written(() =>
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: attributesOf({ p: key.p, s: key.s }),
            UpdateExpression: change.text,
            ...conditional(condition),
            ...namesIn(change.text, condition?.text),
            ...valuesIn(change, condition),
          }),
        ),
      ),

    remove: (key, condition) =>
      written(() =>
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: attributesOf({ p: key.p, s: key.s }),
            ...conditional(condition),
            ...namesIn(condition?.text),
            ...valuesIn(condition),
          }),
        ),
      ),

    check,

    close: () => {
      closed ??= (async () => {
        await Promise.allSettled(running)
        client.destroy()
      })()
      return closed
    },
  }
}
