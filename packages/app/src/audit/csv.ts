// Audit entries as CSV (RFC 4180). Guards whoever opens it: no cell begins a formula, whatever an entry says.
import type { AuditEntry } from './entry.ts'

const columns: readonly (readonly [name: string, of: (entry: AuditEntry) => string | number | null])[] = [
  ['time', ({ time }) => time],
  ['id', ({ id }) => id],
  ['log', ({ log }) => log],
  ['revision', ({ revision }) => revision],
  ['type', ({ type }) => type],
  ['actor', ({ actor }) => actor.id],
  ['actorName', ({ actor }) => actor.name],
  ['resource', ({ resource }) => resource],
  ['resources', ({ resources }) => (resources.length === 0 ? null : JSON.stringify(resources))],
  ['changes', ({ changes }) => changes],
  ['message', ({ message }) => message],
  ['request', ({ request }) => request],
  ['data', ({ data }) => (Object.keys(data).length === 0 ? null : JSON.stringify(data))],
]

/** Spreadsheets take a text that begins so for a formula, also after white space; a quote in front makes it text. */
const formula = /^[\s\u0000-\u001f]*[=+\-@|%\uff0b\uff0d\uff1d\uff20]/

const cell = (value: string | number | null): string => {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = formula.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvHeader = `${columns.map(([name]) => name).join(',')}\r\n`

export const csvLine = (entry: AuditEntry): string => `${columns.map(([, of]) => cell(of(entry))).join(',')}\r\n`
