// Konfig as people run it on MariaDB and on MySQL.
import { badDays } from '../harness/bad-days.ts'
import { startMariadb } from '../servers/mariadb.ts'
import { createDatabase, type MysqlServer, startMysql } from '../servers/mysql.ts'

const on = async (server: MysqlServer) => {
  const { url, migrateUrl } = await createDatabase(server)
  return {
    ...server,
    journal: { KONFIG_JOURNAL: url, KONFIG_JOURNAL_MIGRATE: migrateUrl },
    wrong: { KONFIG_JOURNAL: url.replace(/\/\/\w+:\w+@/, '//stranger:secret-word@') },
  }
}
const words = {
  waitedFor: 'The database',
  refused: 'refuses the role or the password of KONFIG_JOURNAL',
  nowhere: 'mysql://konfig@127.0.0.1:1/konfig',
}

badDays('MariaDB', async () => on(await startMariadb()), words)
badDays('MySQL', async () => on(await startMysql()), words)
