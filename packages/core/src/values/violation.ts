// What is wrong with a value: where, and which rule it breaks. Never says what the value was.
import { isArray, type Json, pointerTo } from './json-value.ts'
import { charge, type Meter } from './meter.ts'

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

interface Wrong {
  readonly rule: string
  /** From the place outwards, to be turned round: most values are right, and need no path. */
  readonly path: string[]
}

const wrongPart = (value: Json, depth: number): Wrong | undefined => {
  if (typeof value === 'number') return numberRule(value)
  if (typeof value === 'string') return value.isWellFormed() ? undefined : wrong('must be well-formed Unicode')
  if (typeof value !== 'object' || value === null) return undefined
  if (depth >= deepestValue) return wrong(`must not be nested deeper than ${deepestValue} levels`)
  if (isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const found = wrongPart(value[index] as Json, depth + 1)
      if (found !== undefined) return within(found, String(index))
    }
    return undefined
  }
  for (const key of Object.keys(value)) {
    if (!key.isWellFormed()) return wrong('must have well-formed Unicode in its keys')
    const found = wrongPart(value[key] as Json, depth + 1)
    if (found !== undefined) return within(found, key)
  }
  return undefined
}

const wrong = (rule: string): Wrong => ({ rule, path: [] })
const within = (found: Wrong, key: string): Wrong => {
  found.path.push(key)
  return found
}

const numberRule = (value: number): Wrong | undefined =>
  Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? undefined
    : wrong('must lie within plus or minus 2^53-1, beyond which numbers are rounded; write it as a string')

/** What holds for values of every type: depth, size, numbers that survive JSON, well-formed text. `costs`: steps for twenty bytes. */
export const checkLimits = (value: Json, meter?: Meter, costs = 1): readonly Violation[] => {
  const found = wrongPart(value, 0)
  if (found !== undefined) return violation(found.rule, found.path.toReversed().reduce<string>(pointerTo, ''))
  const bytes = jsonBytes(value)
  if (meter?.most !== undefined) charge(meter, (bytes * costs) / 20)
  return bytes <= largestValueBytes
    ? []
    : [{ pointer: '', rule: 'must not be larger than 1 MiB as JSON', code: 'too_large' }]
}
