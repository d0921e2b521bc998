// The operations of this folder, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { getAudit } from '../access/list-audit.ts'
import { postAuditVerify } from '../access/verify-audit.ts'
import { postChanges } from '../changes/apply.ts'
import { getCommits } from '../changes/list.ts'
import { getCommit } from '../changes/read.ts'
import { postMember } from '../identity/invite-member.ts'
import { getMembers } from '../identity/list-members.ts'
import { brandOperations } from './brands.ts'
import { patchTenant } from './change-tenant.ts'
import { postTenant } from './create-tenant.ts'
import { deleteTenant } from './delete-tenant.ts'
import { getTenants } from './list-tenants.ts'
import { planOperations } from './plans.ts'
import { getTenant } from './read-tenant.ts'
import { postReset } from './reset-user.ts'
import { onPlatform } from './twin.ts'

export const platformOperations: readonly Operation[] = [
  getTenants,
  postTenant,
  getTenant,
  patchTenant,
  deleteTenant,
  ...brandOperations,
  ...planOperations,
  onPlatform(postChanges, {
    example: {
      body: {
        message: 'A default for everybody',
        changes: [
          {
            op: 'put',
            resource: {
              kind: 'config',
              metadata: { name: 'retry-delay', namespace: 'platform-defaults' },
              spec: { type: 'number', value: 250 },
            },
          },
        ],
      },
    },
  }),
  onPlatform(getCommits),
  onPlatform(getCommit, { example: { path: { revision: '1' } } }),
  onPlatform(getAudit),
  onPlatform(postAuditVerify),
  onPlatform(getMembers, { example: { query: { role: 'owner' } } }),
  onPlatform(postMember, { example: { body: { email: 'new@platform.example', roles: ['viewer'] } } }),
  postReset,
]
