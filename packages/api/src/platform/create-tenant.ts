// Creates a tenant, and may invite its first owner.
import { addTenant } from '@konfig/app'
import Type from 'typebox'
import { closed } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { DisplayName, etagOf, Labels, Slug } from './shapes.ts'
import { OwnerInvitation, tenantDetail } from './tenant-shapes.ts'

export const postTenant = operation({
  route: 'POST /platform/tenants',
  summary: 'Create a tenant',
  description:
    'Names are never used again. With `owner`, the answer holds a one-time invitation for that email, shown once: whoever accepts it owns the tenant.',
  tag: 'Platform',
  guard: 'platform:write',
  side: 'platform',
  writes: true,
  body: Type.Object(
    {
      name: Slug,
      displayName: Type.Optional(DisplayName),
      plan: Type.Optional(Slug),
      brand: Type.Optional(Slug),
      region: Type.Optional(Slug),
      journal: Type.Optional({
        ...Slug,
        description: 'The journal that its logs and keys go to: `main`, or one that the operator has named.',
      }),
      labels: Type.Optional(Labels),
      owner: Type.Optional(Type.String({ maxLength: 254, description: "The first owner's email." })),
    },
    closed,
  ),
  answer: Type.Object(
    {
      ...tenantDetail,
      invitation: Type.Optional(OwnerInvitation),
    },
    closed,
  ),
  status: 201,
  refuses: [
    'denied',
    'already_exists',
    'already_created',
    'name_invalid',
    'target_unknown',
    'journal_unknown',
    'idempotency_mismatch',
    'malformed_request',
  ],
  example: { body: { name: 'initech', displayName: 'Initech', plan: 'premium', owner: 'owner@initech.example' } },
  run: async (context, { body }) => {
    const added = await addTenant(context, body)
    return {
      status: 201,
      body: added,
      headers: { ...etagOf(added), location: `/api/v1/platform/tenants/${added.name}` },
    }
  },
})
