// Reads a JSON body strictly: UTF-8 only, of bounded depth, no keys that reach into prototypes, no integer that would be rounded.
// Answers what is wrong as a sentence's end; knows nothing of schemas.

/** A value may be 64 levels deep, and a manifest or a list of changes holds it a few levels down. */
export const deepestBody = 72

export type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string }

const refused = (reason: string): Read => ({ ok: false, reason })
const decoder = new TextDecoder('utf-8', { fatal: true })
const digit = (code: number): boolean => code >= 48 && code <= 57

/** Digits, and `+ - . e E`. */
const ofNumber = (code: number): boolean =>
  digit(code) || code === 43 || code === 45 || code === 46 || code === 69 || code === 101

/** One pass over the text before it is parsed, so that nothing deep or rounded is ever built. */
const scan = (text: string): string | undefined => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) {
      for (at++; at < text.length && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++
    } else if (code === 91 || code === 123) {
      if (++depth > deepestBody) return `it is nested deeper than ${deepestBody} levels`
    } else if (code === 93 || code === 125) depth--
    else if (digit(code)) {
      const from = at
      while (digit(text.charCodeAt(at + 1))) at++
      const next = text.charCodeAt(at + 1)
      const fraction = next === 46 || next === 101 || next === 69
      if (fraction) while (ofNumber(text.charCodeAt(at + 1))) at++
      else if (at - from >= 15 && !Number.isSafeInteger(Number(text.slice(from, at + 1))))
        return 'an integer in it lies beyond 2^53-1 and would be rounded; send it as a string'
    }
  }
  return undefined
}

const poisonous = ['__proto__', 'constructor'] as const

/** Looks for keys, not for text: a value may well speak of a constructor. */
const poisonIn = (root: unknown): string | undefined => {
  const waiting: unknown[] = [root]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) continue
    if (Array.isArray(next)) {
      for (const item of next) waiting.push(item)
      continue
    }
    for (const name of poisonous) if (Object.hasOwn(next, name)) return name
    for (const item of Object.values(next)) waiting.push(item)
  }
  return undefined
}

export const readText = (bytes: Uint8Array): Read => {
  try {
    return { ok: true, value: decoder.decode(bytes) }
  } catch {
    return refused('the body is not UTF-8')
  }
}

export const readJson = (bytes: Uint8Array): Read => {
  const text = readText(bytes)
  if (!text.ok) return text
  const json = String(text.value)
  const found = scan(json)
  if (found !== undefined) return refused(found)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return refused('the body is not JSON')
  }
  // An escaped letter can hide a name from a search of the text.
  if (json.includes('__proto__') || json.includes('constructor') || json.includes('\\u')) {
    const poison = poisonIn(value)
    if (poison !== undefined) return refused(`the name ${poison} is not allowed as a key`)
  }
  return { ok: true, value }
}
