// A plain file becomes one namespace: keys in dotted form, types inferred, Spring's profiles as environments.
// Owns what is one key and what is a conflict; knows no format and stores nothing.
import { type Definition, equalJson, inferType, type Json, type ValueType } from '@konfig/core'
import type { Manifest } from './manifest.ts'
import { keyComplaint } from './name.ts'
import { type Flat, profiled } from './profile.ts'
import { inFile, stop } from './refusal.ts'
import { toJson, type Tree } from './tree.ts'

/** One document of a plain file. */
export interface Document {
  readonly tree: Tree
  /** What the file's name says: all of it is this environment's. */
  readonly environment?: string
  /** Named where lines alone would not tell, in a directory. */
  readonly file?: string
}

export interface PlainConfig {
  readonly key: string
  readonly definition: Definition
  /** Absent where only profiles set the key. */
  readonly value?: Json
  readonly line: number
}

export interface PlainOverride {
  readonly key: string
  readonly environment: string
  readonly value: Json
  readonly line: number
}

export interface PlainConflict {
  readonly key: string
  /** `repeated`: set twice with different values in one place. `types`: its values are of different types. */
  readonly reason: 'repeated' | 'types'
  /** Only for `repeated` within a profile. */
  readonly environment?: string
  /** Only for `types`. */
  readonly types?: readonly ValueType[]
  readonly lines: readonly number[]
  /** For files of a directory: `application.yml:3`, one for each line. */
  readonly places?: readonly string[]
}

export interface Plain {
  readonly namespace: string
  readonly configs: readonly PlainConfig[]
  readonly overrides: readonly PlainOverride[]
  /** In the file's order. */
  readonly environments: readonly string[]
  /** Keys in conflict are in no other list. */
  readonly conflicts: readonly PlainConflict[]
}

const base = ''

/** Nested maps become dotted keys; lists and empty maps are values. */
const flatten = (tree: Tree, prefix: string): readonly Flat[] => {
  if (tree.kind !== 'map' || (tree.entries.length === 0 && prefix !== ''))
    return [{ key: prefix, value: toJson(tree), line: tree.line }]
  return tree.entries.flatMap(({ key, line, tree: child }) => {
    const dotted = prefix === '' ? key : `${prefix}.${key}`
    const broken = key === '' ? 'has an empty key' : keyComplaint(dotted)
    if (broken !== undefined) return stop(broken, line)
    return flatten(child, dotted).map((flat) => (flat.key === dotted ? { ...flat, line } : flat))
  })
}

interface Cell {
  readonly value: Json
  readonly line: number
  readonly file?: string | undefined
}
type Cells = Map<string, Map<string, Cell>>

const whereOf = (cells: readonly Cell[]): Pick<PlainConflict, 'lines' | 'places'> => {
  const lines = cells.map(({ line }) => line)
  if (cells.every(({ file }) => file === undefined)) return { lines }
  return { lines, places: cells.map(({ file, line }) => `${file ?? ''}:${line}`) }
}

/** A document that names a profile inside a profile's own file is for both at once, which is that one or nothing. */
const within = (own: string, named: readonly string[], line: number): readonly string[] =>
  named.length === 0 || named.includes(own)
    ? [own]
    : stop("is for another profile than its file's name says, so that it would never be active", line)

/** Sorts what documents say by key and environment; the second of two different values is a conflict. */
const gather = (
  documents: readonly Document[],
): { readonly cells: Cells; readonly environments: readonly string[]; readonly repeated: readonly PlainConflict[] } => {
  const cells: Cells = new Map()
  const seen = new Set<string>()
  const repeated: PlainConflict[] = []
  for (const { tree, environment: own, file } of documents) {
    const { named, rest } = inFile(file, () => {
      if (tree.kind !== 'map') stop('must be a map of keys at its top', tree.line)
      const found = profiled(flatten(tree, ''))
      return {
        named: own === undefined ? found.environments : within(own, found.environments, tree.line),
        rest: found.rest,
      }
    })
    for (const name of named) seen.add(name)
    for (const { key, value, line } of rest) {
      const row = cells.get(key) ?? new Map<string, Cell>()
      cells.set(key, row)
      for (const environment of named.length === 0 ? [base] : named) {
        const known = row.get(environment)
        if (known === undefined) row.set(environment, { value, line, file })
        else if (!equalJson(known.value, value)) {
          const place = environment === base ? {} : { environment }
          repeated.push({ key, reason: 'repeated', ...place, ...whereOf([known, { value, line, file }]) })
        }
      }
    }
  }
  return { cells, environments: [...seen], repeated }
}

const typeConflicts = (cells: Cells): readonly PlainConflict[] =>
  [...cells].flatMap(([key, row]) => {
    const types = [...new Set([...row.values()].map(({ value }) => inferType(value).type))]
    return types.length > 1 ? [{ key, reason: 'types' as const, types, ...whereOf([...row.values()]) }] : []
  })

/** What a plain file's documents say. Must run within `reading`. */
export const readPlain = (documents: readonly Document[], namespace: string): Plain => {
  const { cells, environments, repeated } = gather(documents)
  const conflicts = [...repeated, ...typeConflicts(cells)]
  for (const { key } of conflicts) cells.delete(key)
  const configs = [...cells].map(([key, row]): PlainConfig => {
    const [first] = row.values()
    const value = row.get(base)
    const definition = inferType((value ?? first)?.value ?? null)
    const config = { key, definition, line: (value ?? first)?.line ?? 1 }
    return value === undefined ? config : { ...config, value: value.value }
  })
  const overrides = [...cells].flatMap(([key, row]) =>
    [...row]
      .filter(([environment]) => environment !== base)
      .map(([environment, { value, line }]) => ({ key, environment, value, line })),
  )
  return { namespace, configs, overrides, environments, conflicts }
}

/** The same as manifests: namespace, environments, configs, overrides, in the order in which they can be stored. */
export const manifestsOf = (plain: Plain, layer = 'tenant'): readonly Manifest[] => {
  const { namespace } = plain
  return [
    { kind: 'namespace', metadata: { name: namespace }, spec: {} },
    ...plain.environments.map((name) => ({ kind: 'environment', metadata: { name }, spec: {} })),
    ...plain.configs.map(({ key, definition, value }) => ({
      kind: 'config',
      metadata: { name: key, namespace },
      spec: value === undefined ? { type: definition.type } : { type: definition.type, value },
    })),
    ...plain.overrides.map(({ key, environment, value }) => ({
      kind: 'override',
      metadata: { name: key, namespace, layer, environment },
      spec: { value },
    })),
  ]
}
