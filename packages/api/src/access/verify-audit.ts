// Verifies the logs from their first row.
import { verifyAudit } from '@konfig/app'
import { operation } from '../operation.ts'
import { VerifiedAudit } from './audit.ts'

export const postAuditVerify = operation({
  route: 'POST /audit/verify',
  summary: 'Verify the logs',
  description: 'Reads both logs from the first row on, and names the first that is not as it was written.',
  tag: 'Audit',
  guard: 'audit:read',
  side: 'tenant',
  answer: VerifiedAudit,
  refuses: ['denied', 'overloaded'],
  example: {},
  run: async (context) => ({ body: await verifyAudit(context) }),
})
