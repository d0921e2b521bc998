// Makes the table where there is none, and looks at the one that there is. Every step may be repeated and may be taken by many nodes at once.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { failure, KonfigError } from '@konfig/core'
import { CannotOpen, unavailable } from '@konfig/journal'
import { type Database, unlessThere } from '../database.ts'
import { nameOf } from '../errors.ts'
import { type Location, titleOf } from '../location.ts'
import { installationKey } from './items.ts'
import { definitionOf, format, isReady, ttlAttribute, wrongWith } from './table.ts'

const pauseMillis = 200
const readyTries = 300

const describe = async (client: DynamoDBClient, table: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: table }))).Table
  } catch (error) {
    if (nameOf(error) === 'ResourceNotFoundException') return undefined
    throw error
  }
}

const create = async (client: DynamoDBClient, location: Location): Promise<void> => {
  try {
    await client.send(new CreateTableCommand(definitionOf(location.table)))
  } catch (error) {
    // Another node was first.
    if (nameOf(error) === 'ResourceInUseException') return
    if (nameOf(error) !== 'AccessDeniedException') throw error
    throw new CannotOpen(
      `There is no table ${titleOf(location)}, and the credentials may not make it. Make it as docs/how-to-dynamodb.md shows, or allow dynamodb:CreateTable.`,
      { cause: error },
    )
  }
}

/** Throws `CannotOpen` for a table of somebody else, before anything is written to it. */
export const haveTable = async (client: DynamoDBClient, location: Location): Promise<void> => {
  for (let left = readyTries; left > 0; left -= 1) {
    const table = await describe(client, location.table)
    if (table === undefined) await create(client, location)
    else {
      const wrong = wrongWith(table)
      if (wrong !== undefined)
        throw new CannotOpen(
          `The table ${titleOf(location)} ${wrong}: it was made for something else, or was altered. Nothing was changed. Name another one in KONFIG_JOURNAL, or make this one as docs/how-to-dynamodb.md shows.`,
        )
      if (isReady(table)) return
    }
    await wait(pauseMillis)
  }
  throw unavailable(new Error('the table is being made or changed'))
}

/** Without it all is right as well: only who looks for what has expired differs. Answers a warning where it cannot be had. */
export const haveTtl = async (client: DynamoDBClient, { table }: Location): Promise<string | undefined> => {
  try {
    const { TimeToLiveDescription: found } = await client.send(new DescribeTimeToLiveCommand({ TableName: table }))
    if (found?.TimeToLiveStatus === 'ENABLED' || found?.TimeToLiveStatus === 'ENABLING')
      return found.AttributeName === ttlAttribute
        ? undefined
        : `The table ${table} removes items by another attribute than ${ttlAttribute}; Konfig removes what has expired itself`
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: table,
        TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true },
      }),
    )
    return undefined
  } catch (error) {
    // Another node was first, or it was changed within the last hour.
    if (nameOf(error) === 'ValidationException') return undefined
    if (nameOf(error) !== 'AccessDeniedException') throw error
    return `The credentials may not see or set the time to live of the table ${table}; Konfig removes what has expired itself`
  }
}

/** Id of the installation whose table this is. Rejects with `journal_newer` for a table of a newer version, and changes nothing then. */
export const haveInstallation = async (database: Database): Promise<string> => {
  if ((await database.get(installationKey)) === undefined)
    await database.put({ ...installationKey, format, id: randomUUID() }, unlessThere)
  const found = await database.get(installationKey)
  if (found?.format === undefined || found.id === undefined) throw unavailable(new Error('the table is being changed'))
  if (found.format > format) throw new KonfigError(failure('journal_newer', { found: found.format }))
  return found.id
}

const never = { text: 'attribute_exists(#p) AND attribute_not_exists(#p)' }

/** Asks for all that the journal does, in ways that change nothing: what is not allowed is refused before anything else. */
export const tryRights = async (database: Database): Promise<void> => {
  await database.get(installationKey)
  await database.query({ keys: { text: '#p = :p', values: { p: 'konfig' } }, limit: 1 })
  await database.query({ keys: { text: '#i = :i', values: { i: 'konfig' } }, index: true, limit: 1, only: [] })
  await database.put({ ...installationKey }, never)
  await database.update(installationKey, { text: 'SET #pulse = :pulse', values: { pulse: 0 } }, never)
  await database.remove(installationKey, never)
}
