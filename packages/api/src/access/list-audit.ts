// Lists what happened: changes, and access to them.
import { auditMediaTypes, exportAudit, listAudit } from '@konfig/app'
import { nextLink } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { AuditPage, AuditQuery } from './audit.ts'

export const getAudit = operation({
  route: 'GET /audit',
  summary: 'List audit entries',
  description:
    'Changes, logins, failures, denials, grants, exports and more as one list, newest first. With a filter a page may be short though `next` is there: follow it. As csv or syslog the pages put one after another are one file; the access log notes such an export.',
  tag: 'Audit',
  guard: 'audit:read',
  side: 'tenant',
  query: AuditQuery,
  answer: AuditPage,
  refuses: ['denied', 'malformed_request'],
  example: { query: { type: 'change' } },
  run: async (context, { query }) => {
    const { format, ...asked } = query
    if (format === undefined || format === 'json') {
      const found = await listAudit(context, asked)
      return { body: found, headers: nextLink('/audit', query, found.next) }
    }
    const { text, next } = await exportAudit(context, asked, format)
    // Sent as it stands, under a media type of its own.
    return { body: text as never, mediaType: auditMediaTypes[format], headers: nextLink('/audit', query, next) }
  },
})
