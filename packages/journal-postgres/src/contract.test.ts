import { borrowDatabase } from '../../../tests/servers/postgres.ts'
import { contractsOn } from './testing/subject.ts'

contractsOn('postgres', async () => {
  const database = await borrowDatabase()
  return { database, ports: [Number(new URL(database.url).port)], remove: database.drop }
})
