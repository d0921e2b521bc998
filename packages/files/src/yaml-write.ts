// Writes YAML that every reader takes the same way, of version 1.1 or 1.2: text stands bare only where no reader could
// see anything else in it. Same value, same bytes.
import { isArray, isObject, type Json } from '@konfig/core'

const bare = /^[A-Za-z_][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*$/
const words = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf|_+)$/i
const longestKey = 1000

const unprintable = /[\u007f-\u00a0\u00ad\u2028\u2029\ufeff\ufffe\uffff]/g

const text = (value: string): string =>
  bare.test(value) && !words.test(value) && value.length <= longestKey
    ? value
    : JSON.stringify(value).replace(
        unprintable,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )

/** Readers of 1.1 take 1e-7 for text, so a fraction is written. */
const numeral = (value: number): string => {
  const written = JSON.stringify(value)
  return /^-?\d+e/.test(written) ? written.replace('e', '.0e') : written
}

const inline = (value: Json): string | undefined => {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return numeral(value)
  if (isArray(value)) return value.length === 0 ? '[]' : undefined
  if (isObject(value)) return Object.keys(value).length === 0 ? '{}' : undefined
  return String(value)
}

const keyed = (key: string, indent: string): string => {
  const written = text(key)
  return written.length <= longestKey ? `${written}:` : `? ${written}\n${indent}:`
}

const block = (value: Json, indent: string): string => {
  if (isArray(value)) return value.map((item) => `${indent}-${after(item, `${indent}  `)}`).join('')
  return Object.entries(value ?? {})
    .map(([key, item]) => `${indent}${keyed(key, indent)}${after(item, `${indent}  `)}`)
    .join('')
}

const after = (value: Json, indent: string): string => {
  const short = inline(value)
  return short === undefined ? `\n${block(value, indent)}` : ` ${short}\n`
}

/** One document without its `---`, ending in a line end. */
export const writeYaml = (value: Json): string => {
  const short = inline(value)
  return short === undefined ? block(value, '') : `${short}\n`
}
