// Erases a tenant that is suspended.
import { closeTenant } from '@konfig/app'
import Type from 'typebox'
import { closed } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { certificateFields } from './certificate-shapes.ts'
import { Slug } from './shapes.ts'
import { tenantPath } from './tenant-shapes.ts'

export const deleteTenant = operation({
  route: 'DELETE /platform/tenants/{tenant}',
  summary: 'Erase a tenant',
  description:
    'Destroys the key of its configuration for good, with its memberships, API keys and usage; sessions and open invitations go with them, and its name is never used again. Refused where a place that its key was ever in is not reached, unless that is to be left. Its access log stays until its time ends. Only when suspended, with ?confirm=name. Answers a signed certificate, or nothing where it is only tried.',
  tag: 'Platform',
  guard: 'platform:write',
  side: 'platform',
  writes: true,
  path: tenantPath,
  query: Type.Object(
    {
      confirm: Type.Optional(Slug),
      leaveUnreached: Type.Optional(
        Type.Boolean({
          description: 'Goes on though places that its key was in are not reached; the certificate names them.',
        }),
      ),
    },
    closed,
  ),
  answer: Type.Partial(Type.Object(certificateFields, closed)),
  refuses: [
    'denied',
    'resource_not_found',
    'tenant_not_suspended',
    'confirmation_required',
    'places_unreached',
    'precondition_failed',
  ],
  example: { path: { tenant: 'closing' }, query: { confirm: 'closing' } },
  run: async (context, { path, query }) => {
    const { confirm, leaveUnreached } = query
    return { body: (await closeTenant(context, { nameOrId: path.tenant, confirm, leaveUnreached })) ?? {} }
  },
})
