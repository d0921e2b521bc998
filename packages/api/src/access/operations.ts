// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { patchSettings } from './change-settings.ts'
import { postAccessCheck } from './check-access.ts'
import { getAudit } from './list-audit.ts'
import { getPermissions } from './list-permissions.ts'
import { getSettings } from './read-settings.ts'
import { getUsage } from './read-usage.ts'
import { postAuditVerify } from './verify-audit.ts'
import { getAccess } from './who-can.ts'

export const accessOperations: readonly Operation[] = [
  postAccessCheck,
  getAccess,
  getPermissions,
  getSettings,
  patchSettings,
  getAudit,
  postAuditVerify,
  getUsage,
]
