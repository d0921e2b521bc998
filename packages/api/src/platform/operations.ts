// The operations of this folder, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { getAudit } from '../access/list-audit.ts'
import { postAuditVerify } from '../access/verify-audit.ts'
import { postChanges } from '../changes/apply.ts'
import { getCommits } from '../changes/list.ts'
import { getCommit } from '../changes/read.ts'
import { patchMember } from '../identity/change-member.ts'
import { postApiKey } from '../identity/create-api-key.ts'
import { postMember } from '../identity/invite-member.ts'
import { getApiKeys } from '../identity/list-api-keys.ts'
import { getApiKey } from '../identity/read-api-key.ts'
import { getMember } from '../identity/read-member.ts'
import { deleteMember } from '../identity/remove-member.ts'
import { deleteApiKey } from '../identity/revoke-api-key.ts'
import { getMembers } from '../identity/list-members.ts'
import { getKeys } from '../keys/list-keys.ts'
import { postKeysRotate } from '../keys/rotate-keys.ts'
import { brandOperations } from './brands.ts'
import { patchTenant } from './change-tenant.ts'
import { platformConfigOperations } from './configs.ts'
import { postTenant } from './create-tenant.ts'
import { deleteTenant } from './delete-tenant.ts'
import { postOwner } from './invite-owner.ts'
import { getTenants } from './list-tenants.ts'
import { planOperations } from './plans.ts'
import { getCertificate } from './read-certificate.ts'
import { getTenant } from './read-tenant.ts'
import { postReset } from './reset-user.ts'
import { postTenantKeysRotate } from './rotate-tenant-keys.ts'
import { onPlatform } from './twin.ts'

export const platformOperations: readonly Operation[] = [
  getTenants,
  postTenant,
  getTenant,
  patchTenant,
  deleteTenant,
  getCertificate,
  postOwner,
  postTenantKeysRotate,
  ...brandOperations,
  ...planOperations,
  ...platformConfigOperations,
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
  onPlatform(getKeys),
  onPlatform(postKeysRotate),
  onPlatform(getMembers, { example: { query: { role: 'owner' } } }),
  onPlatform(postMember, { example: { body: { email: 'new@platform.example', roles: ['viewer'] } } }),
  onPlatform(getMember, { example: { path: { id: '{{auditor}}' } } }),
  onPlatform(patchMember, { example: { path: { id: '{{auditor}}' }, body: { roles: ['viewer', 'editor'] } } }),
  onPlatform(deleteMember, { example: { path: { id: '{{auditor}}' } } }),
  onPlatform(getApiKeys),
  onPlatform(postApiKey, { example: { body: { name: 'deploy', role: 'editor', namespaces: [], environments: [] } } }),
  onPlatform(getApiKey, { example: { path: { id: 'platform-key' } } }),
  onPlatform(deleteApiKey, { example: { path: { id: 'platform-key' } } }),
  postReset,
]
