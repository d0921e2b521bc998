// Shows the certificate of a tenant's erasure once more.
import { readCertificate } from '@konfig/app'
import Type from 'typebox'
import { closed } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { certificateFields } from './certificate-shapes.ts'
import { tenantPath } from './tenant-shapes.ts'

export const getCertificate = operation({
  route: 'GET /platform/tenants/{tenant}/certificate',
  summary: "Show the certificate of a tenant's erasure",
  description:
    'By the name or the id that the tenant had: what was destroyed, when, by whom, and until when a backup may still hold it. Signed.',
  tag: 'Platform',
  guard: 'platform:read',
  side: 'platform',
  path: tenantPath,
  answer: Type.Object(certificateFields, closed),
  refuses: ['denied', 'resource_not_found'],
  example: { path: { tenant: 'erased' } },
  run: async (context, { path }) => ({ body: await readCertificate(context, path.tenant) }),
})
