// ConfigMaps of Kubernetes: entries of `data` are keys whose values are text. Owns their form in both directions; an
// entry that is a whole file is taken as one only if the reader was told so.
import { type Json, objectOf, refuse, type Result } from '@konfig/core'
import { isSlug } from './name.ts'
import type { Document } from './plain.ts'
import { stop } from './refusal.ts'
import { readScalar } from './scalar.ts'
import { checkKey, childOf, type Entry, type Tree } from './tree.ts'
import { writeYaml } from './yaml-write.ts'

export interface ConfigMap {
  readonly name: string
  readonly line: number
  readonly entries: readonly Entry[]
  readonly files: readonly { readonly name: string; readonly text: string; readonly line: number }[]
}

const scalarAt = (tree: Tree, name: string): string | undefined => {
  const found = childOf(tree, name)
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined
}

const itemsOf = (tree: Tree): readonly Tree[] => {
  const items = childOf(tree, 'items')
  return scalarAt(tree, 'apiVersion') !== undefined && items?.kind === 'list' ? items.items : [tree]
}

/** Whether the first of these documents says so itself. */
export const areConfigMaps = (documents: readonly Tree[]): boolean => {
  const [first] = documents.flatMap(itemsOf)
  return first !== undefined && scalarAt(first, 'kind') === 'ConfigMap' && scalarAt(first, 'apiVersion') === 'v1'
}

/** Names of entries that are taken for files. */
export const wholeFile = /\.(?:ya?ml|json|properties|toml|env)$/i

const configMapOf = (tree: Tree): ConfigMap => {
  const { line } = tree
  if (scalarAt(tree, 'kind') !== 'ConfigMap') return stop('is no ConfigMap; export ConfigMaps alone', line)
  const metadata = childOf(tree, 'metadata')
  const name = metadata === undefined ? undefined : scalarAt(metadata, 'name')
  if (name === undefined) return stop('is a ConfigMap without metadata.name', line)
  const binary = childOf(tree, 'binaryData')
  if (binary?.kind === 'map' && binary.entries.length > 0)
    return stop('has binaryData, which holds bytes and no configuration; take it out', binary.line)
  const data = childOf(tree, 'data') ?? { kind: 'map', line, entries: [] }
  if (data.kind !== 'map') return stop('has data that is not a map', data.line)
  const files: { readonly name: string; readonly text: string; readonly line: number }[] = []
  const entries = data.entries.flatMap((entry): readonly Entry[] => {
    if (entry.tree.kind !== 'scalar' || typeof entry.tree.value !== 'string')
      return stop('has an entry of data that is not text; put it in quotes', entry.line)
    if (wholeFile.test(entry.key)) {
      files.push({ name: entry.key, text: entry.tree.value, line: entry.line })
      return []
    }
    const { line: at } = entry
    return [
      {
        key: checkKey(entry.key, at),
        line: at,
        tree: { kind: 'scalar', line: at, value: readScalar(entry.tree.value) },
      },
    ]
  })
  return { name, line, entries, files }
}

export const readConfigMaps = (documents: readonly Tree[]): readonly ConfigMap[] =>
  documents.flatMap(itemsOf).map(configMapOf)

/** The entries that are keys, as one document; none where there are none. */
export const entriesOf = ({ line, entries }: ConfigMap): readonly Document[] =>
  entries.length === 0 ? [] : [{ tree: { kind: 'map', line, entries } }]

/** The namespace that a ConfigMap's name stands for. */
export const namespaceOfConfigMap = ({ name, line }: ConfigMap): string =>
  isSlug(name) ? name : stop('has a metadata.name that cannot be a namespace; name a namespace', line)

const dataKey = /^[-._a-zA-Z0-9]{1,253}$/
const objectName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Refuses names that Kubernetes does not take; all values are text there. */
export const writeConfigMap = (
  name: string,
  values: readonly (readonly [key: string, text: string])[],
): Result<string> => {
  if (!objectName.test(name)) return refuse('value_unwritable', { key: name, format: 'configmap' })
  const wrong = values.find(([key]) => !dataKey.test(key) || key === '..')
  if (wrong !== undefined) return refuse('value_unwritable', { key: wrong[0], format: 'configmap' })
  const data: Json = objectOf(values)
  return { ok: true, value: writeYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data }) }
}
