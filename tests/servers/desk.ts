// Where the processes of one test run ask for a server that they share. Owns the address of the desk and what it is asked; starts nothing.
import type { DynamodbAddress } from './dynamodb.ts'
import type { FerretdbAddress } from './ferretdb.ts'
import type { MysqlAddress } from './mysql.ts'
import type { PostgresAddress } from './postgres.ts'

/** Every server that can be shared, and what its users must know. */
export interface Shared {
  readonly ferretdb: FerretdbAddress
  readonly dynamodb: DynamodbAddress
  readonly mariadb: MysqlAddress
  readonly mysql: MysqlAddress
  readonly postgres: PostgresAddress
}

/** Set by the setup of the run. */
export const deskVariable = 'TEST_SERVERS_DESK'

/** Starts the server if nobody asked for it before. It ends with the run. */
export const borrow = async <Name extends keyof Shared>(name: Name): Promise<Shared[Name]> => {
  const desk = process.env[deskVariable]
  if (desk === undefined) throw new Error('shared servers are there in a run of the test suites only')
  const response = await fetch(`${desk}/${name}`)
  if (!response.ok) throw new Error(`${name} could not be started: ${await response.text()}`)
  return (await response.json()) as Shared[Name]
}
