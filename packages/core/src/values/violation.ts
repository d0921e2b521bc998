// What is wrong with a value: where, and which rule it breaks. Never says what the value was.
import { isArray, isObject, type Json, pointerTo } from './json-value.ts'

export interface Violation {
  /** RFC 6901, within the value. */
  readonly pointer: string
  /** A predicate without a full stop: `must be a string`. Names the rule, never the value. */
  readonly rule: string
  /** Set where the value is too large rather than wrong. */
  readonly code?: 'too_large'
}

export const violation = (rule: string, pointer = ''): readonly Violation[] => [{ pointer, rule }]

export const largestValueBytes = 1_048_576
export const deepestValue = 64

/** Bytes of a text in UTF-8, a lone surrogate counted as its replacement. */
export const utf8Bytes = (text: string): number => {
  let bytes = text.length
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) continue
    bytes += 1
    if (unit < 0x800) continue
    const pair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00
    if (pair) index += 1
    else bytes += 1
    if (pair) bytes += 1
  }
  return bytes
}

/** Bytes of a value written as JSON. The value must not be deeper than `deepestValue`. */
export const jsonBytes = (value: Json): number => utf8Bytes(JSON.stringify(value))

const checkNode = (value: Json, pointer: string, depth: number): readonly Violation[] => {
  if (typeof value === 'number') return checkNumber(value, pointer)
  if (typeof value === 'string') return value.isWellFormed() ? [] : violation('must be well-formed Unicode', pointer)
  if (!isArray(value) && !isObject(value)) return []
  if (depth >= deepestValue) return violation(`must not be nested deeper than ${deepestValue} levels`, pointer)
  for (const [key, child] of Object.entries(value)) {
    if (!key.isWellFormed()) return violation('must have well-formed Unicode in its keys', pointer)
    const found = checkNode(child, pointerTo(pointer, key), depth + 1)
    if (found.length > 0) return found
  }
  return []
}

const checkNumber = (value: number, pointer: string): readonly Violation[] =>
  Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? []
    : violation('must lie within plus or minus 2^53-1, beyond which numbers are rounded; write it as a string', pointer)

/** What holds for values of every type: depth, size, numbers that survive JSON, well-formed text. */
export const checkLimits = (value: Json): readonly Violation[] => {
  const found = checkNode(value, '', 0)
  if (found.length > 0) return found
  return jsonBytes(value) <= largestValueBytes
    ? []
    : [{ pointer: '', rule: 'must not be larger than 1 MiB as JSON', code: 'too_large' }]
}
