// What a typed getter makes of a value. Converts only what loses nothing; everything else is a mismatch, and the default holds.
import type { Json } from './json.ts'

export type Conversion = (value: Json) => Json | undefined

const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

export const conversions = {
  /** Text as it is; numbers and booleans as JSON writes them. */
  string: (value) =>
    typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : undefined,
  /** Numbers, and text that is exactly a JSON number within range. */
  number: (value) => {
    if (typeof value === 'number') return value
    if (typeof value !== 'string' || !decimal.test(value)) return undefined
    const number = Number(value)
    return Number.isFinite(number) ? number : undefined
  },
  /** Booleans, and the texts `true` and `false`. */
  boolean: (value) =>
    typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined,
  /** Any value, null among them. */
  json: (value) => value,
} as const satisfies { readonly [getter: string]: Conversion }

export type Getter = keyof typeof conversions
