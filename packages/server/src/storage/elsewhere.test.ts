import { expect, it } from 'vitest'
import { openServerLog } from '../log/server-log.ts'
import { StartError } from '../start-error.ts'
import { openElsewhere } from './elsewhere.ts'

it('names the options of journals beside the main one where one of those cannot be opened', async () => {
  const said: string[] = []
  const refused = Promise.withResolvers<void>()
  const { stores, close } = openElsewhere(
    { journals: new Map([['eu', { adapter: 'postgres', location: 'postgres://h/d', migrate: undefined }]]) },
    {
      adapters: {
        postgres: async () => async () => {
          throw new StartError(
            'The server at h refuses the password of KONFIG_JOURNAL; or give KONFIG_JOURNAL_MIGRATE.',
          )
        },
      },
      log: openServerLog('info', { write: (line) => said.push(line) }),
      complain: (text) => {
        said.push(text)
        refused.resolve()
      },
      again: 1_000_000,
    },
  )
  const opening = stores
    .get('eu')?.()
    .catch(() => 'stopped')
  await refused.promise
  expect(said[0]).toBe(
    'warning: journal eu cannot be opened: The server at h refuses the password of KONFIG_JOURNALS; or give KONFIG_JOURNALS_MIGRATE. Its tenants get 503 until it can.',
  )
  await close()
  expect(await opening).toBe('stopped')
  expect(said.join('')).not.toMatch(/KONFIG_JOURNAL(?!S)/)
})
