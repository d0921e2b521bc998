// Gives the logs of one tenant a new version of their key, by the platform.
import { rotateTenantKeys } from '@konfig/app'
import { KeyVersions, RotateQuery } from '../keys/shapes.ts'
import { operation } from '../operation.ts'
import { tenantPath } from './tenant-shapes.ts'

export const postTenantKeysRotate = operation({
  route: 'POST /platform/tenants/{tenant}/keys/rotate',
  summary: "Rotate a tenant's keys",
  description: 'As the tenant itself may; noted in its own logs and in the audit of the platform.',
  tag: 'Platform',
  guard: 'platform:write',
  side: 'platform',
  writes: true,
  path: tenantPath,
  query: RotateQuery,
  answer: KeyVersions,
  refuses: [
    'denied',
    'resource_not_found',
    'key_versions_full',
    'idempotency_mismatch',
    'unavailable',
    'key_store_refuses',
  ],
  example: { path: { tenant: 'acme' } },
  run: async (context, { path, query }) => ({ body: await rotateTenantKeys(context, { ...path, ...query }) }),
})
