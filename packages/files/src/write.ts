// Writes resolved values as json, yaml, env, properties or toml. Owns how each format names keys and shows what it has
// no type for; where two keys would become one name, it refuses and names both.
import { isObject, type Json, objectOf, refuse, type Result } from '@konfig/core'
import { stringify } from 'smol-toml'
import { writeConfigMap } from './config-map.ts'
import { asText, dockerLine } from './docker-env.ts'
import { nest } from './nest.ts'
import { readScalar } from './scalar.ts'
import { writeYaml } from './yaml-write.ts'

export const valuesFormats = ['json', 'yaml', 'env', 'properties', 'toml', 'docker', 'configmap'] as const
export type ValuesFormat = (typeof valuesFormats)[number]
export type Layout = 'flat' | 'nested'

export type Values = Iterable<readonly [key: string, value: Json]>

/** One namespace's values, or with `namespace` left out an application's. */
export interface Group {
  readonly namespace?: string
  readonly values: Values
}

export interface WriteValues {
  /** Several groups must all be named: their names become the first level, or the first part of each name. */
  readonly groups: readonly Group[]
  readonly format: ValuesFormat
  /** Only json, yaml and toml have levels; the others ignore it. Default `flat`. */
  readonly layout?: Layout
}

type Row = readonly [name: string, value: Json]

const collide = (first: string, second: string, format: string) => refuse('names_collide', { first, second, format })

/** UPPER_SNAKE: letters and digits stay, all else becomes `_`; a leading digit gets one before it. */
export const envName = (key: string): string =>
  key
    .replace(/[^A-Za-z0-9]/g, '_')
    .toUpperCase()
    .replace(/^(?=\d)/, '_')

/**
 * One line that `sh` and dotenv read alike, if there is one. Neither knows an escape that the other takes: single quotes
 * hold all but a single quote, double quotes all but `"`, `\`, `$` and a backtick. What looks like a comment or an
 * empty line after its opening quote stands in double quotes, since dotenv takes `\'` before it for an escaped quote;
 * so a text that ends in a backslash cannot be written at all.
 */
export const envLine = (name: string, text: string, quote = false): string | undefined => {
  if (!quote && /^[A-Za-z0-9_./:@%+,-]*$/.test(text)) return `${name}=${text}\n`
  if (/[\r\0]/.test(text)) return undefined
  const ambiguous = text.includes("'") || text.endsWith('\\') || /^\s*(?:#|\n|$)/.test(text)
  if (!ambiguous) return `${name}='${text}'\n`
  return /["\\$`]/.test(text) ? undefined : `${name}="${text}"\n`
}

const writeEnv = (rows: readonly Row[]): Result<string> => {
  const names = new Map<string, string>()
  const lines: string[] = []
  for (const [key, value] of rows) {
    const name = envName(key)
    const other = names.get(name)
    if (other !== undefined) return collide(other, key, 'env')
    names.set(name, key)
    const text = typeof value === 'object' ? asText(value).replaceAll("'", '\\u0027') : asText(value)
    const line = envLine(name, text, typeof value === 'string' && typeof readScalar(value) !== 'string')
    if (line === undefined) return refuse('value_unwritable', { key, format: 'env' })
    lines.push(line)
  }
  return { ok: true, value: lines.join('') }
}

const unit = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
const propertyEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\f', '\\f'],
])

export const property = (text: string, all: boolean): string =>
  text
    .replace(/[\\\t\n\f\r]/g, (character) => propertyEscapes.get(character) ?? `\\${character}`)
    .replace(all ? /[ =:#!]/g : /^[ ]|^[=:#!]/g, (character) => `\\${character}`)
    .replace(/[^\x20-\x7e]/g, unit)

const writeProperties = (rows: readonly Row[]): Result<string> => ({
  ok: true,
  value: rows.map(([key, value]) => `${property(key, true)}=${property(asText(value), false)}\n`).join(''),
})

const writeDocker = (rows: readonly Row[]): Result<string> => {
  const names = new Map<string, string>()
  const lines: string[] = []
  for (const [key, value] of rows) {
    const name = envName(key)
    const other = names.get(name)
    if (other !== undefined) return collide(other, key, 'docker')
    names.set(name, key)
    const line = dockerLine(name, key, asText(value))
    if (!line.ok) return line
    lines.push(line.value)
  }
  return { ok: true, value: lines.join('') }
}

/** One ConfigMap for each namespace; an application's values, which have none, stand under `values`. */
const writeConfigMaps = (groups: readonly Group[]): Result<string> => {
  const documents: string[] = []
  for (const { namespace = 'values', values } of groups) {
    const written = writeConfigMap(
      namespace,
      [...values].map(([key, value]) => [key, asText(value)]),
    )
    if (!written.ok) return written
    documents.push(written.value)
  }
  return { ok: true, value: documents.join('---\n') }
}

/** TOML has no null: it becomes empty text. */
const withoutNull = (value: Json): Json => {
  if (value === null) return ''
  if (isObject(value)) return objectOf(Object.entries(value).map(([key, item]) => [key, withoutNull(item)] as const))
  return Array.isArray(value) ? (value as readonly Json[]).map(withoutNull) : value
}

const writeTree = (format: 'json' | 'yaml' | 'toml', tree: Json): string => {
  if (format === 'json') return `${JSON.stringify(tree, undefined, 2)}\n`
  if (format === 'yaml') return writeYaml(tree)
  const written = stringify(withoutNull(tree))
  return written === '' || written.endsWith('\n') ? written : `${written}\n`
}

/** The text of a document, or `names_collide` with both names. */
export const writeValues = ({ groups, format, layout = 'flat' }: WriteValues): Result<string> => {
  if (format === 'configmap') return writeConfigMaps(groups)
  if (format === 'env' || format === 'properties' || format === 'docker') {
    const rows = groups.flatMap(({ namespace, values }) =>
      [...values].map(([key, value]): Row => [namespace === undefined ? key : `${namespace}.${key}`, value]),
    )
    return format === 'env' ? writeEnv(rows) : format === 'docker' ? writeDocker(rows) : writeProperties(rows)
  }
  const entries: Row[] = []
  for (const { namespace, values } of groups) {
    const shaped: Result<Json> = layout === 'nested' ? nest(values, format) : { ok: true, value: objectOf(values) }
    if (!shaped.ok) return shaped
    if (namespace === undefined) entries.push(...Object.entries(shaped.value ?? {}))
    else entries.push([namespace, shaped.value])
  }
  return { ok: true, value: writeTree(format, objectOf(entries)) }
}
