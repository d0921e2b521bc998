// Writes stored values so that reading the file gives exactly them again, types included: what a format cannot say is
// refused by name and never bent. Resolved values for programs are write.ts's, which may show more than can be read back.
import { isArray, isObject, type Json, objectOf, refuse, type Result } from '@konfig/core'
import { stringify } from 'smol-toml'
import { wholeFile, writeConfigMap } from './config-map.ts'
import { writeConsul } from './consul.ts'
import { dockerLine } from './docker-env.ts'
import { writeEtcd } from './etcd.ts'
import { keyComplaint } from './name.ts'
import { nest } from './nest.ts'
import { pathOf } from './paths.ts'
import { isProfileKey } from './profile.ts'
import { readScalar } from './scalar.ts'
import { envLine, type Layout, property } from './write.ts'
import { writeYaml } from './yaml-write.ts'

/** `spring`: one YAML file of a namespace, a document for its base values and one for each environment. */
export const storedFormats = ['spring', 'toml', 'properties', 'env', 'docker', 'configmap', 'consul', 'etcd'] as const
export type StoredFormat = (typeof storedFormats)[number]

export interface StoredGroup {
  readonly namespace: string
  /** Absent: base values. */
  readonly environment?: string | undefined
  readonly values: readonly (readonly [key: string, value: Json])[]
}

type Row = readonly [key: string, value: Json]

const unwritable = (key: string, format: StoredFormat) => refuse('value_unwritable', { key, format })

/** A list comes back if nothing in it is lost: TOML knows no null, and every reader finds levels in a map only outside lists. */
const listable = (value: Json, format: StoredFormat): boolean => {
  if (value === null) return format !== 'toml'
  if (isArray(value)) return value.every((item) => listable(item, format))
  if (isObject(value)) return Object.values(value).every((item) => listable(item, format))
  return true
}

/** As a value of a format that has types. A map that holds anything would come back as levels of keys. */
const asTyped = (value: Json, format: StoredFormat): Json | undefined => {
  if (isObject(value)) return Object.keys(value).length === 0 && format !== 'toml' ? value : undefined
  if (value === null || isArray(value)) return listable(value, format) ? value : undefined
  return value
}

/** As text that reads back as the same value. `quoted`: the format can say of a text that it is one. */
const asText = (value: Json, quoted: boolean): string | undefined => {
  if (typeof value === 'string') return quoted || readScalar(value) === value ? value : undefined
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined
  const written = String(value)
  return readScalar(written) === value ? written : undefined
}

const readable = ([key]: Row): boolean => keyComplaint(key) === undefined && !isProfileKey(key)

/** Rows as text, or the key of the first that cannot be it. */
const texts = (rows: readonly Row[], format: StoredFormat): Result<readonly (readonly [string, string])[]> => {
  const written: (readonly [string, string])[] = []
  for (const [key, value] of rows) {
    const text = asText(value, format === 'env')
    if (text === undefined) return unwritable(key, format)
    written.push([key, text])
  }
  return { ok: true, value: written }
}

const writeLines = (rows: readonly Row[], format: 'env' | 'docker' | 'properties'): Result<string> => {
  const lines: string[] = []
  for (const [key, value] of rows) {
    const text = asText(value, format === 'env')
    if (text === undefined) return unwritable(key, format)
    if (format === 'properties') lines.push(`${property(key, true)}=${property(text, false)}\n`)
    else if (format === 'docker') {
      const line = /^#|[\s=]/.test(key) ? unwritable(key, format) : dockerLine(key, key, text)
      if (!line.ok) return line
      lines.push(line.value)
    } else {
      const line = /^[\w.-]+$/.test(key)
        ? envLine(key, text, typeof value === 'string' && readScalar(value) !== value)
        : undefined
      if (line === undefined) return unwritable(key, format)
      lines.push(line)
    }
  }
  return { ok: true, value: lines.join('') }
}

const shaped = (rows: readonly Row[], format: StoredFormat, layout: Layout): Result<Json> => {
  const typed: Row[] = []
  for (const [key, value] of rows) {
    const found = asTyped(value, format)
    if (found === undefined || (layout === 'nested' && key.split('.').includes(''))) return unwritable(key, format)
    typed.push([key, found])
  }
  return layout === 'nested' ? nest(typed, format) : { ok: true, value: objectOf(typed) }
}

const writeSpring = (groups: readonly StoredGroup[], layout: Layout): Result<string> => {
  const documents: string[] = []
  for (const { environment, values } of groups.toSorted((a, b) =>
    (a.environment ?? '') < (b.environment ?? '') ? -1 : 1,
  )) {
    const tree = shaped(values, 'spring', layout)
    if (!tree.ok) return tree
    const profile = environment === undefined ? '' : writeYaml({ 'spring.config.activate.on-profile': environment })
    if (values.length > 0) documents.push(profile + writeYaml(tree.value))
  }
  return { ok: true, value: documents.join('---\n') }
}

const writeStore = (groups: readonly StoredGroup[], format: 'consul' | 'etcd', layout: Layout): Result<string> => {
  const entries: { readonly path: string; readonly text: string }[] = []
  const seen = new Map<string, string>()
  for (const { namespace, environment, values } of groups) {
    const rows = texts(values, format)
    if (!rows.ok) return rows
    for (const [key, text] of rows.value) {
      const path = pathOf({ namespace, environment, key }, layout, format)
      if (!path.ok) return path
      const other = seen.get(path.value)
      if (other !== undefined) return refuse('names_collide', { first: other, second: key, format })
      seen.set(path.value, key)
      if (text.includes('\0')) return unwritable(key, format)
      entries.push({ path: path.value, text })
    }
  }
  return { ok: true, value: format === 'consul' ? writeConsul(entries) : writeEtcd(entries) }
}

const placeOf = (group: StoredGroup | undefined): string =>
  group?.environment === undefined ? (group?.namespace ?? '') : `${group.namespace} in ${group.environment}`

const twice = (first: StoredGroup | undefined, second: StoredGroup | undefined, format: StoredFormat) =>
  refuse('names_collide', { first: placeOf(first), second: placeOf(second), format })

/** Formats that hold one namespace in one environment and say neither. */
const one = (groups: readonly StoredGroup[], format: StoredFormat): Result<StoredGroup> => {
  const [group, other] = groups
  if (other !== undefined) return twice(group, other, format)
  return { ok: true, value: group ?? { namespace: '', values: [] } }
}

const writeConfigMaps = (groups: readonly StoredGroup[]): Result<string> => {
  const documents: string[] = []
  for (const [index, { namespace, values }] of groups.entries()) {
    const twin = groups.findIndex((group) => group.namespace === namespace)
    if (twin !== index) return twice(groups[twin], groups[index], 'configmap')
    const file = values.find(([key]) => wholeFile.test(key))
    if (file !== undefined) return unwritable(file[0], 'configmap')
    const rows = texts(values, 'configmap')
    const written = rows.ok ? writeConfigMap(namespace, rows.value) : rows
    if (!written.ok) return written
    documents.push(written.value)
  }
  return { ok: true, value: documents.join('---\n') }
}

/** The file's text, or `value_unwritable` and `names_collide` naming what the format cannot hold. */
export const writeStored = (
  groups: readonly StoredGroup[],
  format: StoredFormat,
  layout: Layout = 'flat',
): Result<string> => {
  const wrong = groups.flatMap(({ values }) => values).find((row) => !readable(row))
  if (wrong !== undefined) return unwritable(wrong[0], format)
  if (format === 'consul' || format === 'etcd') return writeStore(groups, format, layout)
  if (format === 'configmap') return writeConfigMaps(groups)
  if (format === 'spring') return writeSpring(groups, layout)
  const group = one(groups, format)
  if (!group.ok) return group
  if (format !== 'toml') return writeLines(group.value.values, format)
  const tree = shaped(group.value.values, format, layout)
  if (!tree.ok) return tree
  const written = stringify(tree.value)
  return { ok: true, value: written === '' || written.endsWith('\n') ? written : `${written}\n` }
}
