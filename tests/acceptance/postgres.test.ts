// Konfig as people run it on PostgreSQL.
import { badDays } from '../harness/bad-days.ts'
import { createDatabase, startPostgres } from '../servers/postgres.ts'

badDays(
  'PostgreSQL',
  async () => {
    const server = await startPostgres()
    const { url, migrateUrl } = await createDatabase(server)
    return {
      ...server,
      journal: { KONFIG_JOURNAL: url, KONFIG_JOURNAL_MIGRATE: migrateUrl },
      wrong: { KONFIG_JOURNAL: url.replace(/\/\/\w+@/, '//stranger:secret-word@') },
    }
  },
  {
    waitedFor: 'PostgreSQL',
    refused: 'refuses the role or the password of KONFIG_JOURNAL',
    nowhere: 'postgres://konfig@127.0.0.1:1/konfig',
  },
)
