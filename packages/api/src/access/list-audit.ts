// Lists what happened: changes, and access to them.
import { listAudit } from '@konfig/app'
import { nextLink } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { AuditPage, AuditQuery } from './audit.ts'

export const getAudit = operation({
  route: 'GET /audit',
  summary: 'List audit entries',
  description:
    'Changes, logins, failures, denials, grants, exports and more as one list, newest first. With a filter a page may be short though `next` is there: follow it.',
  tag: 'Audit',
  guard: 'audit:read',
  side: 'tenant',
  query: AuditQuery,
  answer: AuditPage,
  refuses: ['denied', 'malformed_request'],
  example: { query: { type: 'change' } },
  run: async (context, { query }) => {
    const { format: _, ...asked } = query
    const found = await listAudit(context, asked)
    return { body: found, headers: nextLink('/audit', query, found.next) }
  },
})
