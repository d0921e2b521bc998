// Holds what was sent against a schema, and says field by field what is wrong, without repeating any value.
import { type Code, excerptOf, type Finding, type Issue, ruleInWords, withAlternatives } from '@konfig/core'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

export type Validate = (value: unknown) => readonly Issue[]

const mostIssues = 20
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100)

const namesOf = (params: object, field: string): readonly string[] => {
  const list = (params as { readonly [name: string]: unknown })[field]
  return Array.isArray(list) ? list.map(String) : []
}

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`

const issuesOf = (code: Code, base: string, found: Finding): readonly Issue[] => {
  const pointer = `${base}${found.instancePath}`
  if (found.keyword === 'additionalProperties')
    return namesOf(found.params, 'additionalProperties').map((name) => ({
      code,
      pointer: `${pointer}/${escaped(name)}`,
      detail: 'Not known here.',
    }))
  if (found.keyword === 'required')
    return namesOf(found.params, 'requiredProperties').map((name) => ({
      code,
      pointer: `${pointer}/${escaped(name)}`,
      detail: 'Must be given.',
    }))
  // Said by additionalProperties already, with the name.
  if (found.keyword === 'boolean') return []
  return [{ code, pointer, detail: sentence(ruleInWords(found)) }]
}

/** Compiled once at start. `base` is what pointers begin with. */
export const validator = (schema: TSchema, code: Code, base = ''): Validate => {
  const compiled = Compile(schema)
  return (value) => {
    if (compiled.Check(value)) return []
    const excerpt = excerptOf(value)
    const issues = withAlternatives(schema, compiled.Errors(excerpt.value) as readonly Finding[])
      .filter(({ keyword }) => !excerpt.cut || keyword !== 'required')
      .flatMap((found) => issuesOf(code, base, found))
    return issues.length === 0
      ? [{ code, pointer: base, detail: 'Not of the shape that is asked for.' }]
      : issues.slice(0, mostIssues)
  }
}
