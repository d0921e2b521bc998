// Reads one tenant.
import { readTenant } from '@konfig/app'
import Type from 'typebox'
import { closed } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { etagOf } from './shapes.ts'
import { tenantDetail, tenantPath } from './tenant-shapes.ts'

export const getTenant = operation({
  route: 'GET /platform/tenants/{tenant}',
  summary: 'Read a tenant',
  tag: 'Platform',
  guard: 'platform:read',
  side: 'platform',
  path: tenantPath,
  answer: Type.Object(tenantDetail, closed),
  refuses: ['denied', 'resource_not_found'],
  example: { path: { tenant: 'acme' } },
  run: async (context, { path }) => {
    const body = await readTenant(context, path.tenant)
    return { body, headers: etagOf(body) }
  },
})
