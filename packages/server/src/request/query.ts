// Query strings: from text to what a schema asks for. Numbers and booleans are read where the schema names them; nothing else is guessed.
import type { Issue } from '@konfig/core'
import type { TSchema } from 'typebox'

export type Query = { readonly [name: string]: unknown }

export interface ReadQuery {
  readonly query: Query
  readonly issues: readonly Issue[]
}

const issue = (name: string, detail: string): Issue => ({
  code: 'unknown_query',
  pointer: `/query/${printable(name)}`,
  detail,
})
/** Names come from outside: only harmless ones are repeated. */
const printable = (name: string): string => (/^[\w.-]{1,64}$/.test(name) ? name : '…')

const typesIn = (schema: TSchema): readonly string[] => {
  const {
    type,
    anyOf,
    const: literal,
  } = schema as { readonly type?: unknown; readonly anyOf?: readonly TSchema[]; readonly const?: unknown }
  if (anyOf !== undefined) return anyOf.flatMap(typesIn)
  return typeof type === 'string' ? [type] : literal === undefined ? [] : [typeof literal]
}

const read = (text: string, schema: TSchema): unknown => {
  const types = typesIn(schema)
  if (types.includes('boolean')) {
    if (text === 'true' || text === '') return true
    if (text === 'false') return false
  }
  if ((types.includes('integer') || types.includes('number')) && /^-?\d{1,15}(\.\d{1,15})?$/.test(text))
    return Number(text)
  return types.includes('array') ? text.split(',') : text
}

/** `given` as the router parsed it: a parameter that comes twice is a list, which no schema here takes. */
export const readQuery = (
  given: { readonly [name: string]: unknown },
  schemas: { readonly [name: string]: TSchema },
): ReadQuery => {
  const query: Record<string, unknown> = Object.create(null)
  const issues: Issue[] = []
  const known = Object.keys(schemas)
  for (const [name, text] of Object.entries(given)) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined
    if (schema === undefined)
      issues.push(
        issue(
          name,
          known.length === 0
            ? 'This route takes no query parameters.'
            : `Not known here; known are ${known.join(', ')}.`,
        ),
      )
    else if (typeof text !== 'string') issues.push(issue(name, 'Give it once.'))
    else query[name] = read(text, schema)
  }
  return { query: { ...query }, issues }
}
