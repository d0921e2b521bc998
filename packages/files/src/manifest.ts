// Manifests, the outside form of every resource: kind, metadata, spec, in YAML or JSON. Owns their shape and the order
// in which they are written; whether a kind exists and a spec fits is judged elsewhere.
import { isArray, isObject, type Json, type JsonObject, objectOf } from '@konfig/core'
import type { Refusal } from './refusal.ts'
import { childOf, toJson, type Tree } from './tree.ts'
import { writeYaml } from './yaml-write.ts'

export interface ManifestMetadata {
  readonly name: string
  readonly namespace?: string
  readonly layer?: string
  readonly environment?: string
  readonly labels?: { readonly [label: string]: string }
}

export interface Manifest {
  readonly kind: string
  readonly metadata: ManifestMetadata
  readonly spec: JsonObject
}

const texts = ['namespace', 'layer', 'environment'] as const

const has = (tree: Tree, key: string): boolean => tree.kind === 'map' && tree.entries.some((entry) => entry.key === key)

/** The trees that stand for one manifest each: documents, the items of a list, or of `{items}`. */
const itemsOf = (document: Tree): readonly Tree[] => {
  if (document.kind === 'list') return document.items
  const items = childOf(document, 'items')
  return items?.kind === 'list' && !has(document, 'metadata') ? items.items : [document]
}

/** Whether documents are manifests at all, and not a plain file: the first one has kind and metadata. */
export const areManifests = (documents: readonly Tree[]): boolean => {
  const [first] = documents.flatMap(itemsOf)
  return first !== undefined && has(first, 'kind') && has(first, 'metadata')
}

const complaint = (manifest: Json): string | undefined => {
  if (!isObject(manifest)) return 'must be an object with kind, metadata and spec'
  const strange = Object.keys(manifest).find((key) => !['kind', 'metadata', 'spec'].includes(key))
  if (strange !== undefined) return 'has a field beside kind, metadata and spec'
  const { kind, metadata, spec = {} } = manifest
  if (typeof kind !== 'string' || kind === '') return 'needs a kind, which is text'
  if (!isObject(metadata)) return 'needs metadata, which is an object'
  if (Object.keys(metadata).some((key) => !['name', 'labels', ...texts].includes(key)))
    return 'has metadata beside name, namespace, layer, environment and labels'
  if (typeof metadata['name'] !== 'string' || metadata['name'] === '')
    return 'needs metadata.name, which is text; put numbers in quotes'
  const wrong = texts.find((field) => metadata[field] !== undefined && typeof metadata[field] !== 'string')
  if (wrong !== undefined) return `has a metadata.${wrong} that is not text`
  const labels = metadata['labels'] ?? {}
  if (!isObject(labels) || Object.values(labels).some((label) => typeof label !== 'string'))
    return 'has labels that are not text'
  return isObject(spec) ? undefined : 'has a spec that is not an object'
}

/** Every manifest of a file's documents. Must run within `reading`; shape errors are refused with their lines. */
export const readManifests = (
  documents: readonly Tree[],
): {
  readonly manifests: readonly Manifest[]
  readonly lines: readonly number[]
  readonly refusals: readonly Refusal[]
} => {
  const refusals: Refusal[] = []
  const lines: number[] = []
  const manifests = documents.flatMap(itemsOf).flatMap((tree) => {
    const json = toJson(tree)
    const reason = complaint(json)
    if (reason === undefined && isObject(json)) {
      lines.push(tree.line)
      return [{ spec: {}, ...json } as unknown as Manifest]
    }
    refusals.push({ line: tree.line, reason: reason ?? 'is no manifest' })
    return []
  })
  return { manifests, lines, refusals }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const placeOf = ({ kind, metadata }: Manifest): readonly string[] => [
  kind,
  metadata.namespace ?? '',
  metadata.layer ?? '',
  metadata.environment ?? '',
  metadata.name,
]

const byPlace = (a: Manifest, b: Manifest): number => {
  const [left, right] = [placeOf(a), placeOf(b)]
  return left.reduce((order, part, index) => order || compare(part, right[index] ?? ''), 0)
}

const sorted = (value: Json): Json => {
  if (isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return objectOf(
    Object.entries(value)
      .map(([key, item]) => [key, sorted(item)] as const)
      .toSorted(([a], [b]) => compare(a, b)),
  )
}

/** Fixed order of fields: kind first, name first, the rest by name. */
const ordered = ({ kind, metadata, spec }: Manifest): JsonObject => {
  const { name, namespace, layer, environment, labels } = metadata
  const given = Object.entries({
    name,
    namespace,
    layer,
    environment,
    labels: labels === undefined ? undefined : sorted(labels),
  })
  return {
    kind,
    metadata: objectOf(given.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))),
    spec: sorted(spec),
  }
}

/** The same manifests always give the same bytes, whatever order they come in. */
export const writeManifests = (manifests: readonly Manifest[], format: 'yaml' | 'json'): string => {
  const all = manifests.toSorted(byPlace).map(ordered)
  return format === 'json'
    ? `${JSON.stringify(all, undefined, 2)}\n`
    : all.map((manifest) => `---\n${writeYaml(manifest)}`).join('')
}
