// How a stronger value joins what the weaker ones made: replace, merge (RFC 7396), append. Pure JSON; knows no layers.
import type { Combine } from '../values/definition.ts'
import { isArray, isObject, type Json, objectOf } from '../values/json-value.ts'

/** RFC 7396, without its recursion's nulls ever reaching the result. Members keep their order, new ones come last. */
export const mergePatch = (target: Json | undefined, patch: Json): Json => {
  if (!isObject(patch)) return patch
  const members = new Map<string, Json>(isObject(target) ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch))
    if (value === null) members.delete(name)
    else members.set(name, mergePatch(members.get(name), value))
  return objectOf(members)
}

/** One text for all values that are equal, whatever the order of their members. */
export const canonical = (value: Json): string =>
  isArray(value)
    ? `[${value.map(canonical).join()}]`
    : isObject(value)
      ? `{${Object.keys(value)
          .toSorted()
          .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`)
          .join()}}`
      : JSON.stringify(value)

/** Elements in the order first seen, each once. What is no list and no object is its own key: most lists hold nothing else. */
export const unique = (items: readonly Json[]): readonly Json[] => {
  const plain = new Set<Json>()
  const written = new Set<string>()
  const found: Json[] = []
  for (const item of items) {
    const composite = typeof item === 'object' && item !== null
    const [seen, key] = composite ? ([written, canonical(item)] as const) : ([plain, item] as const)
    if (seen.has(key as string)) continue
    seen.add(key as string)
    found.push(item)
  }
  return found
}

export type Combined = { readonly value: Json } | { readonly rule: string }

/**
 * The value once a stronger one is added. The first value is the document itself, as written;
 * the next ones are patches or further elements.
 */
export const combine = (mode: Combine, accumulated: Json | undefined, next: Json): Combined => {
  if (mode === 'append') {
    if (!isArray(next)) return { rule: 'must be an array, as it is appended' }
    return { value: unique(isArray(accumulated) ? [...accumulated, ...next] : next) }
  }
  return { value: mode === 'merge' && accumulated !== undefined ? mergePatch(accumulated, next) : next }
}
