// A parameter or a field of a body as a flag, and what was typed as the value that the API takes. Pure.
import { usage } from '../problem/problem.ts'
import type { Flag, Given } from '../verb.ts'
import type { Field } from './shape.ts'

export const flagName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const takes: Readonly<Record<Field['type'], string>> = {
  text: 'TEXT',
  number: 'N',
  boolean: '',
  texts: 'NAME',
  names: 'NAME',
  json: 'JSON',
  value: 'VALUE',
}

const isList = (type: Field['type']): boolean => type === 'texts' || type === 'names'

/** The letters that these have wherever they stand. */
const letters: Readonly<Record<string, string>> = { environment: 'e', namespace: 'n', application: 'a' }

export const flagOf = ({ name, type, choices, description, required }: Field): Flag => {
  const told = `${description ?? name}${isList(type) ? ' (several, or one list with commas)' : ''}${required === true ? ' (needed)' : ''}`
  const short = letters[name]
  return {
    name: flagName(name),
    ...(short === undefined ? {} : { short }),
    description: told,
    ...(type === 'boolean' ? { negatable: true } : { value: takes[type] }),
    ...(isList(type) ? { many: true } : {}),
    ...(choices === undefined ? {} : { choices }),
  }
}

const jsonOf = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return usage(`--${flagName(name)} is not valid JSON.`, 'Quote it for the shell, as in \'{"a":1}\'.')
  }
}

const numberOf = (text: string, name: string): number =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : usage(`--${flagName(name)} is not a number.`)

/** A value follows the type that stands beside it; without one, what is JSON is JSON and the rest is text. */
export const typedValue = (text: string, type: string | undefined, name = 'value'): unknown => {
  if (type === 'string') return text
  if (type === 'number') return numberOf(text, name)
  if (type === 'boolean')
    return text === 'true' ? true : text === 'false' ? false : usage(`--${flagName(name)} is neither true nor false.`)
  if (type === 'json') return jsonOf(text, name)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const namesIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

const one = (
  { name, type }: Field,
  typed: string | boolean | readonly string[],
  siblingType: string | undefined,
): unknown => {
  if (typeof typed === 'boolean') return typed
  if (typeof typed !== 'string')
    return typed.flatMap((each): readonly unknown[] =>
      type === 'names' && /^\s*[[{]/.test(each) ? [jsonOf(each, name)].flat() : namesIn(each),
    )
  if (type === 'number') return numberOf(typed, name)
  if (type === 'json') return jsonOf(typed, name)
  if (type === 'value') return typedValue(typed, siblingType, name)
  return typed
}

/** The fields that were given, as the API takes them. */
export const valuesOf = (fields: readonly Field[], given: Given): { readonly [name: string]: unknown } => {
  const type = given.flags['type']
  return Object.fromEntries(
    fields.flatMap((field) => {
      const typed = given.flags[flagName(field.name)]
      return typed === undefined ? [] : [[field.name, one(field, typed, typeof type === 'string' ? type : undefined)]]
    }),
  )
}
