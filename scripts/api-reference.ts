// Writes docs/reference/api.md: every operation with who may call it, what it takes and what it answers, from the registry.
// Owns the page's form. Usage: node scripts/api-reference.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Operation, operations } from '../packages/api/src/index.ts'

interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly items?: Shape
  readonly patternProperties?: { readonly [pattern: string]: Shape }
  readonly properties?: { readonly [name: string]: Shape }
  readonly required?: readonly string[]
  readonly description?: string
}

export const file = join(import.meta.dirname, '../docs/reference/api.md')

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** Deeper than this only that something is there. */
const deepest = 3

/** A schema in one line: names of fields, one that may be left out with `?`, and what stands in them where that is short. */
const shapeOf = (schema: Shape, depth = 0): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map((each) => shapeOf(each, depth)))].join(' | ')
  if (schema.type === 'array') return `[${schema.items === undefined ? '…' : shapeOf(schema.items, depth)}]`
  if (schema.type !== 'object') return schema.type ?? 'any'
  const [pattern] = Object.values(schema.patternProperties ?? {})
  if (pattern !== undefined) return `{name: ${shapeOf(pattern, depth + 1)}}`
  if (schema.properties === undefined || depth === deepest) return '{…}'
  const fields = Object.entries(schema.properties).map(([name, field]) => {
    const shape = shapeOf(field, depth + 1)
    return `${name}${schema.required?.includes(name) === true ? '' : '?'}${shape === 'string' || shape === 'any' ? '' : `: ${shape}`}`
  })
  return `{${fields.join(', ')}}`
}

const rows = (where: string, schema: Shape | undefined): readonly string[] => {
  const { properties = {}, required = [] } = schema ?? {}
  return Object.entries(properties).map(([name, field]) => {
    const needed = required.includes(name) ? '' : '?'
    return `| ${where} | \`${name}${needed}\` | \`${cell(shapeOf(field))}\` | ${cell(field.description ?? '')} |`
  })
}

const who = ({ guard, side }: Operation): string => {
  if (guard === 'public') return 'Anybody.'
  if (guard === 'signed-in') return 'Whoever is signed in.'
  return `Needs \`${guard}\`${side === 'platform' ? ' in the platform' : ''}.`
}

const section = (operation: Operation): readonly string[] => {
  const { route, summary, description, path, query, body, answer, status, writes, streams } = operation
  const isFields = (body as Shape | undefined)?.properties !== undefined
  const takes = [
    ...rows('path', path as Shape | undefined),
    ...rows('query', query as Shape | undefined),
    ...(isFields ? rows('body', body as Shape) : []),
  ]
  const said = [who(operation), writes === true ? 'A write.' : '', description ?? ''].filter((each) => each !== '')
  return [
    `### ${route}`,
    '',
    `${summary.replace(/\.$/, '')}. ${said.join(' ')}`,
    '',
    ...(takes.length === 0 ? [] : ['| in | name | type | |', '| --- | --- | --- | --- |', ...takes, '']),
    ...(body !== undefined && !isFields ? [`Takes \`${shapeOf(body as Shape)}\`.`, ''] : []),
    `Answers ${status ?? 200}${streams === true ? ' and events of' : ''}: \`${shapeOf(answer as Shape)}\``,
    '',
  ]
}

export const apiPage = (): string => {
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return [
    '# The API',
    '',
    'Routes below `/api/v1`. This page is made from the registry of operations by `node scripts/api-reference.ts`; a running server',
    'shows the same as OpenAPI 3.1 at `/openapi.json`, and for people at `/docs`.',
    '',
    'Credentials are `Authorization: Bearer` with an access token or an API key, or `X-API-Key` with a key. A write also takes `?dryRun=true`',
    '(the same answer, nothing stored), `?message=`, and the headers `If-Match`, `If-None-Match` and `Idempotency-Key`. Lists answer',
    '`{items, next}`; `next` is the `cursor` of the next page. A refusal is a problem with a `code`: [all of them](../problems.md).',
    'A name with `?` may be left out; a field without a type is text, or may be anything.',
    '',
    ...tags.flatMap((tag) => [
      `## ${tag}`,
      '',
      ...operations.filter((operation) => operation.tag === tag).flatMap(section),
    ]),
  ]
    .join('\n')
    .replace(/\n+$/, '\n')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, apiPage())
}
