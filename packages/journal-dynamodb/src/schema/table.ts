// What the table is: its keys, its index, and the format of what stands in it. Knows how they are asked for; not when.
import type { CreateTableCommandInput, TableDescription } from '@aws-sdk/client-dynamodb'
import { indexName } from '../database.ts'

export const format = 1
/** What the index shows of an item besides keys. */
const shown = ['last', 'gone']

export const ttlAttribute = 'ttl'

export const definitionOf = (table: string): CreateTableCommandInput => ({
  TableName: table,
  BillingMode: 'PAY_PER_REQUEST',
  DeletionProtectionEnabled: true,
  AttributeDefinitions: [
    { AttributeName: 'p', AttributeType: 'S' },
    { AttributeName: 's', AttributeType: 'S' },
    { AttributeName: 'i', AttributeType: 'S' },
    { AttributeName: 'at', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'p', KeyType: 'HASH' },
    { AttributeName: 's', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: indexName,
      KeySchema: [
        { AttributeName: 'i', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: shown },
    },
  ],
})

/** Keys as people read them: `p (S, HASH), s (S, RANGE)`. */
const keysOf = (table: TableDescription, schema: TableDescription['KeySchema']): string =>
  (schema ?? [])
    .map(({ AttributeName: name, KeyType: type }) => {
      const kind = table.AttributeDefinitions?.find((one) => one.AttributeName === name)?.AttributeType
      return `${name} (${kind ?? '?'}, ${type ?? '?'})`
    })
    .join(', ')

const keysNeeded = 'p (S, HASH), s (S, RANGE)'
const indexNeeded = 'i (S, HASH), at (N, RANGE)'

/** What is wrong with a table, in words that follow its name; undefined where it is as it must be. */
export const wrongWith = (table: TableDescription): string | undefined => {
  const keys = keysOf(table, table.KeySchema)
  if (keys !== keysNeeded) return `has the key ${keys}, and Konfig needs ${keysNeeded}`
  const index = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName)
  if (index === undefined) return `has no index named ${indexName}`
  const indexKeys = keysOf(table, index.KeySchema)
  if (indexKeys !== indexNeeded)
    return `has an index ${indexName} with the key ${indexKeys}, and Konfig needs ${indexNeeded}`
  const { ProjectionType: type, NonKeyAttributes: attributes = [] } = index.Projection ?? {}
  return type === 'ALL' || shown.every((name) => attributes.includes(name))
    ? undefined
    : `has an index ${indexName} that does not show ${shown.join(' and ')}`
}

/** Whether it can be used: it and its index are there, and nobody is making or removing them. */
export const isReady = ({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean =>
  (TableStatus === 'ACTIVE' || TableStatus === 'UPDATING') &&
  GlobalSecondaryIndexes.every(({ IndexName, IndexStatus }) => IndexName !== indexName || IndexStatus !== 'CREATING')
