// Both contract suites on DynamoDB Local, each test on a table of its own. Frozen and cut by a proxy: the server itself never throttles.
import type { Millis } from '@konfig/core'
import type { Clock } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import { afterAll, beforeAll } from 'vitest'
import {
  borrowTable,
  type DynamodbProxy,
  type DynamodbTable,
  isWrite,
  openDynamodbProxy,
  throttled,
} from '../../../tests/servers/dynamodb.ts'
import { borrow } from '../../../tests/servers/desk.ts'
import { openDynamodb } from './open.ts'

let proxy: DynamodbProxy
let table: DynamodbTable | undefined

const open = (clock: Clock, patience: Millis) => openDynamodb({ url: table?.through(proxy) ?? '', clock, patience })

beforeAll(async () => {
  proxy = await openDynamodbProxy(await borrow('dynamodb'))
})
afterAll(async () => {
  await table?.drop()
  await proxy.close()
})

const levers = {
  reset: async () => {
    await table?.drop()
    table = await borrowTable()
  },
  freeze: async () => {
    proxy.refuse(throttled, isWrite)
    return async () => proxy.refuse()
  },
  // What rings for followers is an update, and is no answer that anybody waits for.
  cut: async () => proxy.cut((operation) => operation === 'PutItem' || operation === 'DeleteItem'),
}

journalContract('dynamodb', { ...levers, open: async (patience) => (await open({ now: Date.now }, patience)).journal })
recordsContract('dynamodb', { ...levers, open: async (clock, patience) => (await open(clock, patience)).records })
