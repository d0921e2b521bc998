// What a client follows: an application, one namespace, several, or all that its key may read. Owns how keys are named there.
import { isObject, type Json } from './json.ts'

export interface Scope {
  readonly environment: string | undefined
  readonly application: string | undefined
  /** undefined: all that the key may read. */
  readonly namespaces: readonly string[] | undefined
}

/** Values by name: a bare key where only one namespace or application is followed, else `namespace/key`. */
export type Named = Map<string, Json>

const single = ({ application, namespaces }: Scope): string | undefined =>
  application === undefined && namespaces?.length === 1 ? namespaces[0] : undefined

/** The name under which a key is kept; a full name is understood where only one namespace is followed. */
export const nameIn =
  (scope: Scope) =>
  (asked: string): string => {
    const only = single(scope)
    return only !== undefined && asked.startsWith(`${only}/`) ? asked.slice(only.length + 1) : asked
  }

const follows = ({ namespaces }: Scope, namespace: string): boolean => namespaces?.includes(namespace) ?? true

const wrapper = (scope: Scope, namespace: string): string => (single(scope) === undefined ? `${namespace}/` : '')

/** The server's `values` as names and values; undefined where it is not shaped so. */
export const readValues = (scope: Scope, values: unknown): Named | undefined => {
  if (!isObject(values)) return undefined
  if (scope.application !== undefined) return new Map(Object.entries(values) as [string, Json][])
  const named: Named = new Map()
  for (const [namespace, keys] of Object.entries(values)) {
    if (!isObject(keys)) return undefined
    if (!follows(scope, namespace)) continue
    const before = wrapper(scope, namespace)
    for (const [key, value] of Object.entries(keys)) named.set(before + key, value as Json)
  }
  return named
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** The server's `removed` as names; undefined where it is not shaped so. */
export const readRemoved = (scope: Scope, removed: unknown): readonly string[] | undefined => {
  if (removed === undefined) return []
  if (scope.application !== undefined) return isTexts(removed) ? removed : undefined
  if (!isObject(removed)) return undefined
  const names: string[] = []
  for (const [namespace, keys] of Object.entries(removed)) {
    if (!isTexts(keys)) return undefined
    if (follows(scope, namespace)) names.push(...keys.map((key) => wrapper(scope, namespace) + key))
  }
  return names
}

export type AllValues = { readonly [name: string]: Json | { readonly [key: string]: Json } }

/** The values as the server shapes them: by key for an application, else by namespace and key. */
export const shapeValues = (scope: Scope, named: ReadonlyMap<string, Json>): AllValues => {
  if (scope.application !== undefined) return Object.fromEntries(named)
  const only = single(scope)
  if (only !== undefined) return { [only]: Object.fromEntries(named) }
  const groups = new Map<string, [string, Json][]>()
  for (const [name, value] of named) {
    const slash = name.indexOf('/')
    const namespace = name.slice(0, slash)
    const group = groups.get(namespace) ?? []
    if (group.length === 0) groups.set(namespace, group)
    group.push([name.slice(slash + 1), value])
  }
  return Object.fromEntries([...groups].map(([namespace, keys]) => [namespace, Object.fromEntries(keys)]))
}

/** Tells one client's last known values from another's, in a file that both might have been pointed at. */
export const scopeText = ({ environment, application, namespaces }: Scope): string =>
  JSON.stringify([environment ?? null, application ?? null, namespaces === undefined ? null : namespaces.toSorted()])
