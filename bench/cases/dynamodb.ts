// Appends through the DynamoDB adapter against bare puts, on DynamoDB Local, whose speed says nothing of the service's.
import { setTimeout as wait } from 'node:timers/promises'
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { openDynamodb } from '@konfig/journal-dynamodb'
import { nameTable, startDynamodb } from '../../tests/servers/dynamodb.ts'
import type { Case } from '../figure.ts'
import { type Append, appendFigures, payload } from '../load/appends.ts'

const bare =
  (client: DynamoDBClient, table: string): Append =>
  (log, revision) =>
    client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          log: { S: log },
          first: { N: String(revision) },
          last: { N: String(revision) },
          payload: { B: payload },
        },
      }),
    )

export const dynamodb: Case = async (say) => {
  const server = await startDynamodb()
  try {
    const table = nameTable(server)
    const { journal } = await openDynamodb({ url: table.url, clock: { now: Date.now } })
    const name = `${table.name}_bare`
    await table.client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'log', AttributeType: 'S' },
          { AttributeName: 'first', AttributeType: 'N' },
        ],
        KeySchema: [
          { AttributeName: 'log', KeyType: 'HASH' },
          { AttributeName: 'first', KeyType: 'RANGE' },
        ],
      }),
    )
    const status = async (): Promise<string | undefined> =>
      (await table.client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus
    while ((await status()) !== 'ACTIVE') await wait(50)
    const floor = bare(table.client, name)
    const figures = await appendFigures(
      'DynamoDB',
      {
        floor,
        bare: "the SDK's PutItem to a table without an index",
        journal,
        rounds: 8,
        terms: '50 connections, on DynamoDB Local',
      },
      say,
    )
    await journal.close()
    table.client.destroy()
    return figures
  } finally {
    await server.remove()
  }
}
