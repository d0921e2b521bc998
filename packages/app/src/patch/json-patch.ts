// RFC 6902 on plain JSON. Pure: the document that is patched is never changed. Owns the six operations; knows nothing of resources.
import {
  equalJson,
  failure,
  type Failure,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  objectOf,
  ok,
  refuse,
  type Result,
} from '@konfig/core'

export const mostOperations = 1000
/** Copying doubles; a patch of a few lines must not make a document that nobody can read to its end. */
const mostCopied = 4 * 2 ** 20

type Change = (at: Json | undefined) => Json | undefined

/** What stands in the way, as the end of a sentence. */
class Blocked extends Error {}
const blocked = (rule: string): never => {
  throw new Blocked(rule)
}

const pointer = /^(?:\/(?:[^~/]|~0|~1)*)*$/

const stepsOf = (text: Json | undefined, field: string): readonly string[] => {
  if (typeof text !== 'string' || !pointer.test(text)) return blocked(`its ${field} is not a JSON pointer`)
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const indexOf = (step: string, length: number): number => {
  if (!/^(?:0|[1-9]\d{0,8})$/.test(step) || Number(step) >= length) return blocked('its path leads beyond an array')
  return Number(step)
}

const memberOf = (document: Json, step: string): Json => {
  if (isArray(document)) return document[indexOf(step, document.length)] as Json
  if (isObject(document) && Object.hasOwn(document, step)) return document[step] as Json
  return blocked('its path leads to nothing')
}

const valueAt = (document: Json, steps: readonly string[]): Json => steps.reduce(memberOf, document)

/** The patch's own copy of a document: changed in place, since copying what stands around each change costs the square of a large one. */
const copyOf = (value: Json): Json =>
  isArray(value)
    ? value.map(copyOf)
    : isObject(value)
      ? objectOf(Object.entries(value).map(([name, item]) => [name, copyOf(item)] as const))
      : value

/** Makes a member of any name, `__proto__` too, plain data. */
const setMember = (object: JsonObject, name: string, value: Json): void => {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
}

/** Changes the member at the end of the steps, in place, and answers the document; `insert` makes room in an array. */
const changed = (document: Json, steps: readonly string[], insert: boolean, change: Change): Json => {
  const step = steps.at(-1)
  if (step === undefined) return change(document) ?? blocked('a document cannot be without a value')
  const parent = valueAt(document, steps.slice(0, -1))
  if (isArray(parent)) {
    const items = parent as Json[]
    const index = insert && step === '-' ? items.length : indexOf(step, items.length + (insert ? 1 : 0))
    const next = change(insert ? undefined : items[index])
    items.splice(index, insert ? 0 : 1, ...(next === undefined ? [] : [next]))
    return document
  }
  if (!isObject(parent)) return blocked('its path leads through a value that has no members')
  const had = Object.hasOwn(parent, step)
  if (!had && !insert) return blocked('its path leads to nothing')
  const next = change(had ? parent[step] : undefined)
  if (next === undefined) delete (parent as Record<string, Json>)[step]
  else setMember(parent, step, next)
  return document
}

/** Roughly how large a value is, looked at no further than `most`. */
const sizeUpTo = (value: Json, most: number): number => {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 8
  let size = 2
  for (const [key, item] of Object.entries(value)) {
    size += (isArray(value) ? 1 : key.length + 4) + sizeUpTo(item, most - size)
    if (size > most) break
  }
  return size
}

const valueOf = (operation: { readonly [field: string]: Json }): Json =>
  Object.hasOwn(operation, 'value') ? (operation['value'] as Json) : blocked('it has no value')

const isWithin = (path: readonly string[], from: readonly string[]): boolean =>
  from.length < path.length && from.every((step, index) => path[index] === step)

const carriedOut = (document: Json, operation: Json): Json => {
  if (!isObject(operation)) return blocked('it is not an object')
  const path = stepsOf(operation['path'], 'path')
  const { op } = operation
  switch (op) {
    case 'add': {
      const value = copyOf(valueOf(operation))
      return changed(document, path, true, () => value)
    }
    case 'replace': {
      const value = copyOf(valueOf(operation))
      valueAt(document, path)
      return changed(document, path, false, () => value)
    }
    case 'remove':
      return changed(document, path, false, () => undefined)
    case 'test':
      return equalJson(valueAt(document, path), valueOf(operation))
        ? document
        : blocked('the value that it tests is another')
    case 'copy': {
      const value = copyOf(valueAt(document, stepsOf(operation['from'], 'from')))
      return changed(document, path, true, () => value)
    }
    case 'move': {
      const from = stepsOf(operation['from'], 'from')
      if (isWithin(path, from)) return blocked('it moves a value into itself')
      const value = valueAt(document, from)
      return changed(
        changed(document, from, false, () => undefined),
        path,
        true,
        () => value,
      )
    }
    default:
      return blocked('its op is none of add, remove, replace, move, copy, test')
  }
}

const failed = (index: number, rule: string): Failure => failure('patch_failed', { index, rule })

/** All operations in their order, or `patch_failed` that names the first which cannot be carried out; `malformed_request` for what is no patch. */
export const applyJsonPatch = (document: Json, patch: Json): Result<Json> => {
  if (!isArray(patch)) return refuse('malformed_request', { reason: 'a JSON patch is an array of operations' })
  if (patch.length > mostOperations)
    return refuse('too_large', { what: 'A JSON patch', limit: `${mostOperations} operations` })
  let result = copyOf(document)
  let copied = 0
  for (const [index, operation] of patch.entries())
    try {
      if (isObject(operation) && operation['op'] === 'copy') {
        copied += sizeUpTo(valueAt(result, stepsOf(operation['from'], 'from')), mostCopied)
        if (copied > mostCopied) return refuse('too_large', { what: 'What a JSON patch copies', limit: '4 MiB' })
      }
      result = carriedOut(result, operation)
    } catch (reason) {
      if (!(reason instanceof Blocked)) throw reason
      return { ok: false, failure: failed(index, reason.message) }
    }
  return ok(result)
}
