// Erases a tenant that is suspended.
import { closeTenant } from '@konfig/app'
import Type from 'typebox'
import { closed } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { Slug } from './shapes.ts'
import { tenantPath } from './tenant-shapes.ts'

export const deleteTenant = operation({
  route: 'DELETE /platform/tenants/{tenant}',
  summary: 'Erase a tenant',
  description:
    'Destroys its key and erases its configuration for good; its name is never used again. Its access log stays until its time ends. Only when suspended, with ?confirm=name.',
  tag: 'Platform',
  guard: 'platform:write',
  side: 'platform',
  writes: true,
  path: tenantPath,
  query: Type.Object({ confirm: Type.Optional(Slug) }, closed),
  answer: Type.Null(),
  status: 204,
  refuses: ['denied', 'resource_not_found', 'tenant_not_suspended', 'confirmation_required', 'precondition_failed'],
  example: { path: { tenant: 'closing' }, query: { confirm: 'closing' } },
  run: async (context, { path, query }) => {
    await closeTenant(context, { nameOrId: path.tenant, confirm: query.confirm })
    return { status: 204, body: null }
  },
})
