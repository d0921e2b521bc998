// Both contract suites on a Galera cluster of three members, of which each opening begins with another one.
import { startGalera } from '../../../tests/servers/galera.ts'
import { createDatabase } from '../../../tests/servers/mysql.ts'
import { contractsOn } from './testing/subject.ts'

contractsOn('galera', async () => {
  const { ports, remove } = await startGalera(3)
  return { database: await createDatabase({ port: ports[0] ?? 0 }), ports, remove }
})
