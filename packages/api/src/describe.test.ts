import { describe, expect, it } from 'vitest'
import { operations } from './registry.ts'
import { answerWords, bodyWords, commonWords, pathWords, queryWords } from './words.ts'

interface Field {
  readonly route: string
  readonly part: string
  readonly at: string
  readonly name: string
  readonly description: unknown
}

type Schema = Readonly<Record<string, unknown>>
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

const fieldsOf = (schema: unknown, at: string, where: Pick<Field, 'route' | 'part'>): readonly Field[] => {
  if (!isSchema(schema)) return []
  if (Array.isArray(schema)) return schema.flatMap((each) => fieldsOf(each, at, where))
  const { properties, items, anyOf, patternProperties } = schema
  return [
    ...(isSchema(properties)
      ? Object.entries(properties).flatMap(([name, property]) => [
          {
            ...where,
            at: `${at}/${name}`,
            name,
            description: isSchema(property) ? property['description'] : undefined,
          },
          ...fieldsOf(property, `${at}/${name}`, where),
        ])
      : []),
    ...fieldsOf(items, `${at}/*`, where),
    ...fieldsOf(anyOf, at, where),
    ...(isSchema(patternProperties) ? fieldsOf(Object.values(patternProperties), `${at}/*`, where) : []),
  ]
}

const all = operations.flatMap(({ route, path, query, body, answer }) =>
  Object.entries({ path, query, body, answer }).flatMap(([part, schema]) => fieldsOf(schema, '', { route, part })),
)

describe('every operation', () => {
  it('says of each of its parameters and fields what it is', () => {
    const silent = all.filter(({ description }) => typeof description !== 'string' || description === '')
    expect(silent.map(({ route, part, at }) => `${route} ${part}${at}`)).toEqual([])
    expect(all.length).toBeGreaterThan(1000)
  })

  it('names each hole of its path among its parameters', () => {
    const missing = operations.flatMap(({ route, path }) =>
      [...route.matchAll(/\{(\w+)\}/g)]
        .filter(([, name = '']) => !Object.hasOwn(path?.properties ?? {}, name))
        .map(([hole]) => `${route} ${hole}`),
    )
    expect(missing).toEqual([])
  })

  it('uses every word that there is', () => {
    const parts = { path: pathWords, query: queryWords, body: bodyWords, answer: answerWords }
    const said = (part: string | undefined): ReadonlySet<unknown> =>
      new Set(all.filter((field) => part === undefined || field.part === part).map(({ description }) => description))
    for (const [part, words] of Object.entries(parts))
      expect(Object.entries(words).filter(([, text]) => !said(part).has(text))).toEqual([])
    expect(Object.entries(commonWords).filter(([, text]) => !said(undefined).has(text))).toEqual([])
  })
})
