// Both contract suites on a PostgreSQL and its synchronous standby: every other opening finds the standby first, and must go on to the other.
import { startStandbyPair } from '../../../tests/servers/postgres-standby.ts'
import { createDatabase } from '../../../tests/servers/postgres.ts'
import { contractsOn } from './testing/subject.ts'

contractsOn('postgres-standby', async () => {
  const pair = await startStandbyPair()
  return {
    database: await createDatabase({ port: pair.ports[pair.primary()] ?? 0 }),
    ports: pair.ports,
    remove: pair.remove,
  }
})
