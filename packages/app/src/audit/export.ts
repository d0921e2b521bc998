// The audit view as text for other systems, page by page: pages put one after another are one file. Owns no format.
import { actorOf, type Context } from '../context.ts'
import { csvHeader, csvLine } from './csv.ts'
import type { AuditEntry } from './entry.ts'
import { type AuditQuery, listAudit } from './list.ts'
import { accessLogOf } from './log.ts'
import { noteSoon } from './note.ts'
import { syslogLine } from './syslog.ts'

export const auditMediaTypes = {
  csv: 'text/csv; charset=utf-8',
  syslog: 'text/plain; charset=utf-8',
} as const

export type AuditFormat = keyof typeof auditMediaTypes

export interface ExportedAudit {
  readonly text: string
  /** Where the next page begins; null on the last one. */
  readonly next: string | null
}

const lines: { readonly [format in AuditFormat]: (entry: AuditEntry) => string } = { csv: csvLine, syslog: syslogLine }

/** Rejects as `listAudit` does. The first page of an export is noted in the access log. */
export const exportAudit = async (context: Context, query: AuditQuery, format: AuditFormat): Promise<ExportedAudit> => {
  const { items, next } = await listAudit(context, query)
  const first = query.cursor === undefined
  if (first)
    noteSoon(context.app, accessLogOf(context), {
      type: 'export',
      actor: actorOf(context),
      resource: 'audit',
      request: context.request.id,
      data: { format },
    })
  const head = first && format === 'csv' ? csvHeader : ''
  return { text: head + items.map(lines[format]).join(''), next }
}
