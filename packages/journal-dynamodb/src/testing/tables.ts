// Tables for one test file: made on the shared server, opened any number of times, closed and dropped after each test.
import type { Clock, Opened } from '@konfig/journal'
import { afterEach } from 'vitest'
import { borrowTable, type DynamodbAddress, type DynamodbTable } from '../../../../tests/servers/dynamodb.ts'
import { type DynamodbOptions, openDynamodb } from '../open.ts'

export const clock: Clock = { now: Date.now }

export const batch = (first: number, payload: Uint8Array = Buffer.from(`payload ${first}`), log = 'log') => ({
  log,
  first,
  last: first,
  payload,
})

export interface Tables {
  readonly empty: () => Promise<DynamodbTable>
  readonly open: (
    table: DynamodbTable,
    more?: Partial<DynamodbOptions> & { readonly way?: DynamodbAddress },
  ) => Promise<Opened>
}

/** Call once in a file. */
export const tablesOf = (make: () => Promise<DynamodbTable> = borrowTable): Tables => {
  const tables: DynamodbTable[] = []
  const opened: Opened[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ journal }) => journal.close()))
    await Promise.all(tables.splice(0).map(({ drop }) => drop()))
  })
  return {
    empty: async () => {
      const table = await make()
      tables.push(table)
      return table
    },
    open: async (table, { way, ...options } = {}) => {
      const url = way === undefined ? table.url : table.through(way)
      const one = await openDynamodb({ url, clock, ...options })
      opened.push(one)
      return one
    },
  }
}
