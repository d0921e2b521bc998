// Konfig as people run it on the MongoDB wire: on FerretDB, which may end at once, since its data lies elsewhere.
import { badDays } from '../harness/bad-days.ts'
import { createDatabase, startFerretdb } from '../servers/ferretdb.ts'

badDays(
  'MongoDB',
  async () => {
    const server = await startFerretdb()
    const { url } = await createDatabase(server)
    return {
      ...server,
      stop: server.crash,
      journal: { KONFIG_JOURNAL: url },
      wrong: { KONFIG_JOURNAL: url.replace('//', '//stranger:secret-word@') },
    }
  },
  {
    waitedFor: 'MongoDB',
    refused: 'refuses the user or the password of KONFIG_JOURNAL',
    nowhere: 'mongodb://127.0.0.1:1/konfig',
  },
)
