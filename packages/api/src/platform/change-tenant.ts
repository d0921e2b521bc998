// Changes a tenant: its plan, brand, status, display name and labels.
import { changeTenant } from '@konfig/app'
import Type from 'typebox'
import { closed, orNull } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { DisplayName, etagOf, Slug } from './shapes.ts'
import { tenantDetail, tenantPath } from './tenant-shapes.ts'

const LabelPatch = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$' }),
  orNull(Type.String({ maxLength: 1000 })),
)

export const patchTenant = operation({
  route: 'PATCH /platform/tenants/{tenant}',
  summary: 'Change a tenant',
  description:
    'What is left out stays, null takes away, labels change one by one. What the new plan or brand forbids becomes inert: nothing of the tenant is refused or lost.',
  tag: 'Platform',
  guard: 'platform:write',
  side: 'platform',
  writes: true,
  accepts: ['application/json', 'application/merge-patch+json'],
  path: tenantPath,
  body: Type.Object(
    {
      displayName: Type.Optional(orNull(DisplayName)),
      plan: Type.Optional(orNull(Slug)),
      brand: Type.Optional(orNull(Slug)),
      status: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('closed')])),
      labels: Type.Optional(orNull(LabelPatch)),
    },
    closed,
  ),
  answer: Type.Object(tenantDetail, closed),
  refuses: ['denied', 'resource_not_found', 'target_unknown', 'precondition_failed', 'malformed_request'],
  example: { path: { tenant: 'acme' }, body: { labels: { tier: 'gold' } } },
  run: async (context, { path, body }) => {
    const changed = await changeTenant(context, path.tenant, body)
    return { body: changed, headers: etagOf(changed) }
  },
})
