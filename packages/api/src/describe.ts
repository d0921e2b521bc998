// Gives each parameter and field of an operation the words for its name, where its schema says nothing of itself. Schemas are shared: they are copied, never changed.
import type { TObject, TSchema } from 'typebox'
import type { Operation } from './operation.ts'
import { answerWords, bodyWords, commonWords, pathWords, queryWords } from './words.ts'

const parts = { path: pathWords, query: queryWords, body: bodyWords, answer: answerWords } as const
type Part = keyof typeof parts

type Schema = Readonly<Record<string, unknown>>
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is not enumerable is what the schema library knows a schema by. */
const copy = (schema: Schema, changed: Schema): Schema => {
  const made = Object.defineProperties({}, Object.getOwnPropertyDescriptors(schema)) as Record<string, unknown>
  for (const [name, value] of Object.entries(changed)) made[name] = value
  return made
}

const wordsOf = (part: Part, parent: string, name: string): string | undefined => {
  for (const words of [parts[part], commonWords])
    for (const each of [`${parent}/${name}`, name]) if (words[each] !== undefined) return words[each]
  return undefined
}

const described = (schema: unknown, part: Part, parent: string): unknown => {
  if (!isSchema(schema)) return schema
  const { properties, items, anyOf, patternProperties } = schema
  const each = (list: unknown): unknown =>
    Array.isArray(list) ? list.map((one) => described(one, part, parent)) : described(list, part, parent)
  return copy(schema, {
    ...(isSchema(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, property]) => [name, ofField(property, part, parent, name)]),
          ),
        }
      : {}),
    ...(items === undefined ? {} : { items: each(items) }),
    ...(anyOf === undefined ? {} : { anyOf: each(anyOf) }),
    ...(isSchema(patternProperties)
      ? {
          patternProperties: Object.fromEntries(
            Object.entries(patternProperties).map(([pattern, one]) => [pattern, each(one)]),
          ),
        }
      : {}),
  })
}

const ofField = (property: unknown, part: Part, parent: string, name: string): unknown => {
  const within = described(property, part, name)
  if (!isSchema(within) || typeof within['description'] === 'string') return within
  const words = wordsOf(part, parent, name)
  return words === undefined ? within : copy(within, { description: words })
}

export const describeOperation = (operation: Operation): Operation => {
  const { path, query, body, answer } = operation
  const of = <T extends TSchema>(schema: T, part: Part): T => described(schema, part, '') as T
  return {
    ...operation,
    ...(path === undefined ? {} : { path: of<TObject>(path, 'path') }),
    ...(query === undefined ? {} : { query: of<TObject>(query, 'query') }),
    ...(body === undefined ? {} : { body: of(body, 'body') }),
    answer: of(answer, 'answer'),
  }
}
