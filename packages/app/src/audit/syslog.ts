// Audit entries as syslog messages (RFC 5424), one line each: what an entry says cannot end its line, nor its field.
import type { AuditEntry } from './entry.ts'

/** Facility 13, log audit. */
const facility = 13
const severities: ReadonlyMap<string, number> = new Map([
  ['login_failed', 4],
  ['denied', 4],
  ['quota_exceeded', 4],
  ['refresh_reused', 4],
  ['rights_granted', 5],
  ['acting_token', 5],
  ['member_invited', 5],
  ['password_changed', 5],
  ['password_reset', 5],
  ['reset_issued', 5],
  ['tenant_changed', 5],
  ['tenant_erased', 5],
])
const informational = 6

/** The number that RFC 5612 keeps for examples: we have none of our own, and the name is what readers look for. */
const structuredDataId = 'konfig@32473'

/** Control characters as `#` and three octal digits, as syslog daemons write them; with them the two other ends of a line. */
const oneLine = (text: string): string =>
  text.toWellFormed().replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
    (found) => `#${found.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )

const value = (text: string): string => oneLine(text).replace(/["\\\]]/g, '\\$&')

const parameter = (name: string, text: string | number | null): string =>
  text === null || text === '' ? '' : ` ${name}="${value(String(text))}"`

/** Header fields are printable ASCII without spaces. */
const headerField = (text: string, length: number): string => {
  const plain = text.replace(/[^\u0021-\u007e]/g, '').slice(0, length)
  return plain === '' ? '-' : plain
}

const summaryOf = ({ type, actor, resource, resources, changes, message }: AuditEntry): string => {
  const [first] = resources
  const about =
    resource ??
    (first === undefined
      ? ''
      : `${first.op} ${first.kind} ${first.namespace === undefined ? '' : `${first.namespace}/`}${first.name}${changes > 1 ? ` and ${changes - 1} more` : ''}`)
  return [`${type} by ${actor.name ?? actor.id}`, about, message ?? ''].filter((part) => part !== '').join(': ')
}

export const syslogLine = (entry: AuditEntry): string => {
  const { id, time, log, revision, type, actor, resource, resources, changes, request, data } = entry
  const priority = facility * 8 + (severities.get(type) ?? informational)
  const structured = [
    parameter('id', id),
    parameter('log', log),
    parameter('revision', revision),
    parameter('actor', actor.id),
    parameter('actorName', actor.name),
    parameter('resource', resource),
    parameter('resources', resources.length === 0 ? null : JSON.stringify(resources)),
    parameter('changes', changes),
    parameter('request', request),
    parameter('data', Object.keys(data).length === 0 ? null : JSON.stringify(data)),
  ].join('')
  return `<${priority}>1 ${time} - konfig - ${headerField(type, 32)} [${structuredDataId}${structured}] \ufeff${oneLine(summaryOf(entry))}\n`
}
