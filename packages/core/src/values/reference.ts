// References in values: `${CONFIG:namespace/key}` and `${SECRET:name}`; `$${` is a literal `${`; every other `${…}` is plain text.
// Finds and fills them; what a target's value is, the resolver knows.
import { isArray, isObject, type Json } from './json-value.ts'

export type Reference =
  | { readonly kind: 'config'; readonly namespace: string; readonly key: string }
  | { readonly kind: 'secret'; readonly name: string }

const slug = '[a-z0-9][a-z0-9_-]{0,62}'
const source = `\\$\\$\\{|\\$\\{(?:CONFIG:(${slug})/([^/{}\\u0000-\\u001f]{1,255})|SECRET:(${slug}))\\}`
const token = new RegExp(source, 'g')
const nothingElse = new RegExp(`^(?:${source})$`)

const referenceOf = (match: RegExpExecArray | RegExpMatchArray): Reference | undefined =>
  match[1] !== undefined && match[2] !== undefined
    ? { kind: 'config', namespace: match[1], key: match[2] }
    : match[3] !== undefined
      ? { kind: 'secret', name: match[3] }
      : undefined

const visitStrings = (value: Json, visit: (text: string) => void): void => {
  if (typeof value === 'string') {
    if (value.includes('${')) visit(value)
  } else if (isArray(value)) for (const item of value) visitStrings(item, visit)
  else if (isObject(value)) for (const key of Object.keys(value)) visitStrings(value[key] as Json, visit)
}

/** Every reference in the strings of a value, in order, doubles included. Keys of objects are not looked at. */
export const referencesIn = (value: Json): readonly Reference[] => {
  const found: Reference[] = []
  visitStrings(value, (text) => {
    for (const match of text.matchAll(token)) {
      const reference = referenceOf(match)
      if (reference !== undefined) found.push(reference)
    }
  })
  return found
}

/** Whether filling in would change anything: a reference to a config, or an escaped `$${`. */
export const needsFilling = (value: Json): boolean => {
  let needs = false
  visitStrings(value, (text) => {
    if (text.includes('$${') || text.includes('${CONFIG:')) needs = true
  })
  return needs
}

/** Text of a value within a longer string: strings as they are, everything else as JSON. */
const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

const fillText = (text: string, valueOf: (reference: Reference) => Json | undefined): Json => {
  const whole = nothingElse.exec(text)
  const only = whole === null ? undefined : referenceOf(whole)
  if (only !== undefined) return valueOf(only) ?? text
  return text.replace(token, (...found) => {
    const [all, namespace, key, secret] = found as [string, string | undefined, string | undefined, string | undefined]
    if (all === '$${') return '${'
    const reference = referenceOf([all, namespace, key, secret] as unknown as RegExpMatchArray)
    const value = reference === undefined ? undefined : valueOf(reference)
    return value === undefined ? all : textOf(value)
  })
}

/**
 * The value with its references filled in. A string that is nothing but one reference becomes the target's value, of its type.
 * What `valueOf` does not know stays as it is written: so a secret's reference is kept, never its value.
 */
export const fillReferences = (value: Json, valueOf: (reference: Reference) => Json | undefined): Json => {
  if (typeof value === 'string') return value.includes('${') ? fillText(value, valueOf) : value
  if (isArray(value)) return value.map((item) => fillReferences(item, valueOf))
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillReferences(item, valueOf)]))
  return value
}
