// Key-value stores have paths, `config/billing/server/port`. Owns how a path becomes a namespace, an environment and a
// key, and back; shared by the dumps of Consul and etcd, knows the form of neither.
import { refuse, type Result } from '@konfig/core'
import { isSlug } from './name.ts'
import type { Document } from './plain.ts'
import { stop } from './refusal.ts'
import { readScalar } from './scalar.ts'
import { checkKey, type Entry } from './tree.ts'

export interface PathEntry {
  readonly path: string
  readonly text: string
  readonly line: number
}

export interface PathMapping {
  /** Cut off the front; what lies elsewhere is refused, not passed over. */
  readonly prefix?: string | undefined
  /** Everything goes here; without it the first part of a path names the namespace: `billing`, or `billing,production`. */
  readonly namespace?: string | undefined
}

/** The documents of a namespace, one for its base values and one for each environment. */
export interface NamespaceDocuments {
  readonly namespace: string
  readonly documents: readonly Document[]
}

interface Placed {
  readonly namespace: string
  readonly environment: string
  readonly key: string
}

const trim = (path: string): string => path.replace(/^\/+/, '').replace(/\/+$/, '')

const placed = ({ path, line }: PathEntry, { prefix, namespace }: PathMapping): Placed => {
  const start = trim(prefix ?? '')
  const whole = path.replace(/^\/+/, '')
  if (start !== '' && !whole.startsWith(`${start}/`)) return stop('lies outside the prefix', line)
  const parts = whole.slice(start === '' ? 0 : start.length + 1).split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return stop('has an empty part, a . or a .. in its path', line)
  if (namespace !== undefined) return { namespace, environment: '', key: parts.join('.') }
  const [first = '', ...rest] = parts
  if (rest.length === 0) return stop('has no part that names a namespace; give a prefix or a namespace', line)
  const [name = '', environment = '', more] = first.split(',')
  if (!isSlug(name) || more !== undefined || (environment !== '' && !isSlug(environment)))
    return stop(
      'begins with a part that cannot be a namespace, or namespace,environment: use a-z, 0-9, _ and -; give a prefix or a namespace',
      line,
    )
  return { namespace: name, environment, key: rest.join('.') }
}

/** Values are text there: what is written exactly as a number, true or false becomes one. */
export const spread = (entries: readonly PathEntry[], mapping: PathMapping): readonly NamespaceDocuments[] => {
  const found = new Map<string, Map<string, Entry[]>>()
  for (const entry of entries) {
    const { namespace, environment, key } = placed(entry, mapping)
    const { line, text } = entry
    const environments = found.get(namespace) ?? new Map<string, Entry[]>()
    const there = environments.get(environment) ?? []
    there.push({ key: checkKey(key, line), line, tree: { kind: 'scalar', line, value: readScalar(text) } })
    found.set(namespace, environments.set(environment, there))
  }
  return [...found].map(([namespace, environments]) => ({
    namespace,
    documents: [...environments].map(([environment, list]) => ({
      tree: { kind: 'map' as const, line: list[0]?.line ?? 1, entries: list },
      ...(environment === '' ? {} : { environment }),
    })),
  }))
}

/** The path of a key; `nested` turns its dots into levels. */
export const pathOf = (
  {
    namespace,
    environment,
    key,
  }: { readonly namespace?: string | undefined; readonly environment?: string | undefined; readonly key: string },
  layout: 'flat' | 'nested',
  format: string,
): Result<string> => {
  const parts = layout === 'nested' ? key.split('.') : [key]
  if (parts.some((part) => part === '')) return refuse('value_unwritable', { key, format })
  const first = namespace === undefined ? [] : [environment === undefined ? namespace : `${namespace},${environment}`]
  return { ok: true, value: [...first, ...parts].join('/') }
}
