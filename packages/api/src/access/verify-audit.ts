// Verifies the logs from their first row.
import { verifyAudit } from '@konfig/app'
import { operation } from '../operation.ts'
import { VerifiedAudit, VerifyQuery } from './audit.ts'

export const postAuditVerify = operation({
  route: 'POST /audit/verify',
  summary: 'Verify the logs',
  description:
    'Reads both logs from where they begin, and names the first row that is not as it was written: altered, moved, missing, cut off at the end, or trimmed without a signature of this installation. Keep the answered heads elsewhere, and give them back another time.',
  tag: 'Audit',
  guard: 'audit:read',
  side: 'tenant',
  query: VerifyQuery,
  answer: VerifiedAudit,
  refuses: ['denied', 'malformed_request', 'overloaded'],
  example: {},
  run: async (context, { query: { heads = '' } }) => ({
    body: await verifyAudit(
      context,
      heads.split(',').filter((line) => line.trim() !== ''),
    ),
  }),
})
