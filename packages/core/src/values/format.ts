// Named formats of text, each checked in linear time: splits and flat character classes, no nested repetition.
// Knows nothing of configs or schemas.
import { parsePattern } from './pattern.ts'

type Check = (text: string) => boolean

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const hostname: Check = (text) => text.length <= 253 && text.split('.').every((part) => label.test(part))

const octet = /^(?:0|[1-9]\d{0,2})$/
const ipv4: Check = (text) => {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => octet.test(part) && Number(part) <= 255)
}

const group = /^[0-9a-f]{1,4}$/i
/** How many 16-bit groups a run of them holds, or NaN. */
const groupsIn = (run: string, last: boolean): number => {
  if (run === '') return 0
  const parts = run.split(':')
  const tail = parts.at(-1) ?? ''
  const dotted = last && tail.includes('.')
  if (dotted && !ipv4(tail)) return Number.NaN
  return (dotted ? parts.slice(0, -1) : parts).every((part) => group.test(part))
    ? parts.length + (dotted ? 1 : 0)
    : Number.NaN
}
const ipv6: Check = (text) => {
  if (text.length > 45) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const [head = '', tail] = halves
  if (tail === undefined) return groupsIn(head, true) === 8
  return groupsIn(head, false) + groupsIn(tail, true) <= 7
}

const atom = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/i
const email: Check = (text) => {
  const at = text.lastIndexOf('@')
  if (at < 1 || at > 64) return false
  return (
    text
      .slice(0, at)
      .split('.')
      .every((part) => atom.test(part)) && hostname(text.slice(at + 1))
  )
}

const uriCharacters = /^(?:[a-z0-9._~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*$/i
const bracketed = /^([^[\]/?#@]*@)?\[([^[\]]*)\](:\d*)?$/
const authority: Check = (text) => {
  if (!text.includes('[')) return uriCharacters.test(text) && /^(?:[^@]*@)?[^:@]*(?::\d*)?$/.test(text)
  const match = bracketed.exec(text)
  return (
    match !== null &&
    uriCharacters.test(match[1] ?? '') &&
    (ipv6(match[2] ?? '') || /^v[0-9a-f]+\.[a-z0-9._~!$&'()*+,;=:-]+$/i.test(match[2] ?? ''))
  )
}
const uriReference: Check = (text) => {
  const hash = text.indexOf('#')
  const before = hash < 0 ? text : text.slice(0, hash)
  if (hash >= 0 && !uriCharacters.test(text.slice(hash + 1))) return false
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(before)?.[0] ?? ''
  const rest = before.slice(scheme.length)
  if (!rest.startsWith('//')) return uriCharacters.test(rest) && (scheme !== '' || !/^[^/?]*:/.test(rest))
  const end = rest.slice(2).search(/[/?]/)
  const host = end < 0 ? rest.slice(2) : rest.slice(2, end + 2)
  return authority(host) && uriCharacters.test(rest.slice(2 + host.length))
}
const uri: Check = (text) => /^[a-z][a-z0-9+.-]*:/i.test(text) && uriReference(text)

const uuid: Check = (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const date: Check = (text) => {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (month === 2 && leap ? 29 : (days[month - 1] ?? 0))
}
const time: Check = (text) => {
  const match = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|([+-])(\d\d):(\d\d))$/i.exec(text)
  if (match === null) return false
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const [ahead, behind] = [Number(match[5] ?? 0), Number(match[6] ?? 0)]
  if (hour > 23 || minute > 59 || second > 60 || ahead > 23 || behind > 59) return false
  if (second < 60) return true
  const utc = hour * 60 + minute - (match[4] === '-' ? -1 : 1) * (ahead * 60 + behind)
  return (utc + 1440) % 1440 === 1439
}
const dateTime: Check = (text) => /^.{10}t/i.test(text) && date(text.slice(0, 10)) && time(text.slice(11))

const duration: Check = (text) => {
  if (/^P\d+W$/.test(text)) return true
  return (
    text.length > 1 &&
    !text.endsWith('T') &&
    /^P(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/.test(text)
  )
}

const checks: ReadonlyMap<string, Check> = new Map([
  ['email', email],
  ['uri', uri],
  ['hostname', hostname],
  ['ipv4', ipv4],
  ['ipv6', ipv6],
  ['uuid', uuid],
  ['date', date],
  ['date-time', dateTime],
  ['time', time],
  ['duration', duration],
])

const schemaChecks: ReadonlyMap<string, Check> = new Map([
  ...checks,
  ['uri-reference', uriReference],
  ['json-pointer', (text: string) => /^(?:\/(?:[^~/]|~0|~1)*)*$/.test(text)],
  ['regex', (text: string) => parsePattern(text).ok],
])

/** Formats of type string. */
export const formats: readonly string[] = [...checks.keys()]
/** Formats within a JSON Schema. */
export const schemaFormats: readonly string[] = [...schemaChecks.keys()]

const longest = 65_536

/** The rule that a text breaks, or undefined. */
export const checkFormat = (format: string, text: string): string | undefined =>
  text.length <= longest && (schemaChecks.get(format)?.(text) ?? false) ? undefined : `must be of format ${format}`
