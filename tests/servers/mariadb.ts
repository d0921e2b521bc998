// A real MariaDB on loopback, with data of its own.
import { execFileSync } from 'node:child_process'
import { type MysqlOptions, type MysqlServer, startFrom } from './mysql.ts'

export const startMariadb = (options: MysqlOptions = {}): Promise<MysqlServer> =>
  startFrom(
    {
      name: 'mariadb',
      program: () => '/usr/sbin/mariadbd',
      initialize: (_, common) => {
        execFileSync('mariadb-install-db', [...common, '--auth-root-authentication-method=normal', '--skip-test-db'], {
          stdio: 'pipe',
          cwd: '/',
        })
        return []
      },
      options: [],
    },
    options,
  )
