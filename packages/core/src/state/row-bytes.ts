// Reads what must be known of a snapshot's row from its bytes, without parsing it: which kind, id and name, and in which space it stands.
// Owns which rows can stay bytes; a row of any other look is refused, never misread.
import { bytesAre } from './finder.ts'

const encoder = new TextEncoder()

const resource = encoder.encode('["resource","')
/** The kinds that a tenant has by the hundred thousand. What these refer to, they say by `${…}` in their text and in no other way. */
const kinds = ['config', 'override'].map((kind) => encoder.encode(`${kind}","`))
const configStart = 0x63
const between = encoder.encode('","')
const nothing = encoder.encode('null')
const idLength = 36

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c

/** Where the parts of a row lie; one object for all of them, as a load reads a million. */
export interface Parts {
  kind: number
  id: number
  name: number
  nameEnd: number
  /** Behind namespace, layer and environment. */
  scopeEnd: number
}

export const noParts = (): Parts => ({ kind: 0, id: 0, name: 0, nameEnd: 0, scopeEnd: 0 })

/** The end of a text without escapes, or -1. */
const endOfText = (bytes: Uint8Array, from: number, to: number): number => {
  for (let at = from; at < to; at++) {
    if (bytes[at] === quote) return at
    if (bytes[at] === backslash) return -1
  }
  return -1
}

/** Lower-case digits and dashes: the ids that are made here. */
const isId = (bytes: Uint8Array, from: number): boolean => {
  for (let at = from; at < from + idLength; at++) {
    const byte = bytes[at] as number
    if (!((byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102) || byte === 45)) return false
  }
  return true
}

/** Namespace, layer and environment, each a text without escapes or null; behind them, or -1. */
const endOfScope = (bytes: Uint8Array, from: number, to: number): number => {
  let at = from
  for (let field = 0; field < 3; field++) {
    if (bytes[at] !== comma) return -1
    at++
    if (bytes[at] === quote) {
      const end = endOfText(bytes, at + 1, to)
      if (end === -1) return -1
      at = end + 1
    } else if (bytesAre(bytes, at, nothing)) at += nothing.length
    else return -1
  }
  return at
}

/** True where the row can stay bytes, with its parts filled in. */
export const readParts = (bytes: Uint8Array, start: number, end: number, parts: Parts): boolean => {
  if (!bytesAre(bytes, start, resource)) return false
  parts.kind = start + resource.length
  const kind = kinds.find((each) => bytesAre(bytes, parts.kind, each))
  if (kind === undefined) return false
  parts.id = parts.kind + kind.length
  if (!isId(bytes, parts.id) || !bytesAre(bytes, parts.id + idLength, between)) return false
  parts.name = parts.id + idLength + between.length
  parts.nameEnd = endOfText(bytes, parts.name, end)
  if (parts.nameEnd === -1) return false
  parts.scopeEnd = endOfScope(bytes, parts.nameEnd + 1, end)
  return parts.scopeEnd !== -1
}

/** Where the id lies in a row that was found fit. */
export const idOf = (bytes: Uint8Array, start: number): number => {
  const kind = start + resource.length
  return kind + (bytes[kind] === configStart ? (kinds[0] as Uint8Array).length : (kinds[1] as Uint8Array).length)
}

export const nameOf = (bytes: Uint8Array, start: number): number => idOf(bytes, start) + idLength + between.length

export const endOfName = (bytes: Uint8Array, from: number): number => bytes.indexOf(quote, from)

/** The first `${` from there on, or the end: what may refer to something. */
export const nextReference = (bytes: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(0x24, from); at !== -1; at = bytes.indexOf(0x24, at + 1))
    if (bytes[at + 1] === 0x7b) return at
  return bytes.length
}

/** Each row of a JSON array of arrays, from its bracket to behind its last. */
export const eachRow = (bytes: Uint8Array, visit: (start: number, end: number) => void): void => {
  let depth = 0
  let start = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) {
      for (at++; at < bytes.length && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++
    } else if (byte === 0x5b || byte === 0x7b) {
      depth++
      if (depth === 2) start = at
    } else if (byte === 0x5d || byte === 0x7d) {
      depth--
      if (depth === 1) visit(start, at + 1)
    }
  }
}
