// Gives a tenant's logs a new version of their key.
import { rotateKeys } from '@konfig/app'
import { operation } from '../operation.ts'
import { KeyVersions, RotateQuery } from './shapes.ts'

export const postKeysRotate = operation({
  route: 'POST /keys/rotate',
  summary: 'Rotate the keys',
  description:
    'Commits after it are sealed with a new version of the key; those before it are never sealed again, and can still be read. Both logs, or one.',
  tag: 'Keys',
  guard: 'settings:write',
  side: 'tenant',
  writes: true,
  query: RotateQuery,
  answer: KeyVersions,
  refuses: ['denied', 'key_versions_full', 'idempotency_mismatch', 'unavailable', 'key_store_refuses'],
  example: { query: { log: 'config' } },
  run: async (context, { query }) => ({ body: await rotateKeys(context, query) }),
})
