// Lists the versions of the keys that a tenant's logs are sealed with.
import { listKeys } from '@konfig/app'
import { operation } from '../operation.ts'
import { KeyVersions } from './shapes.ts'

export const getKeys = operation({
  route: 'GET /keys',
  summary: 'List the versions of the keys',
  description:
    'Of the keys that the two logs are sealed with: which versions there are and since when, never the keys themselves.',
  tag: 'Keys',
  guard: 'audit:read',
  side: 'tenant',
  answer: KeyVersions,
  refuses: ['denied'],
  example: {},
  run: async (context) => ({ body: await listKeys(context) }),
})
