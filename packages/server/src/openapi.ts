// OpenAPI 3.1 from the registry: the schemas that validate are the schemas that are shown. Knows no server.
import { type Operation, operationId } from '@konfig/api'
import { codes } from '@konfig/core'
import { problemMediaType, statusOf } from './problem.ts'
import { streamMediaType } from './streams/event.ts'

type Node = { readonly [name: string]: unknown }

const parameter = (
  name: string,
  place: 'path' | 'query' | 'header',
  required: boolean,
  schema: unknown,
  description?: string,
): Node => ({
  name,
  in: place,
  required,
  schema,
  ...(description === undefined ? {} : { description }),
})

const writeParameters: readonly Node[] = [
  parameter('dryRun', 'query', false, { type: 'boolean' }, 'The same answer, and nothing stored.'),
  parameter('message', 'query', false, { type: 'string', maxLength: 1000 }, 'Kept with the commit.'),
  parameter(
    'If-Match',
    'header',
    false,
    { type: 'string' },
    'The ETag that was read; needed in protected environments.',
  ),
  parameter('If-None-Match', 'header', false, { type: 'string' }, '* where nothing may be there yet.'),
  parameter(
    'Idempotency-Key',
    'header',
    false,
    { type: 'string', maxLength: 255 },
    'The same key and request are carried out once.',
  ),
]

const readParameters: readonly Node[] = [
  parameter('If-None-Match', 'header', false, { type: 'string' }, 'The ETag that was read; 304 where nothing changed.'),
  parameter('Konfig-Min-Point', 'header', false, { type: 'string' }, 'Waits until this node has seen the point.'),
]

const streamParameters: readonly Node[] = [
  parameter('Last-Event-ID', 'header', false, { type: 'string' }, 'The point to go on from.'),
  parameter('Konfig-Log', 'header', false, { type: 'string' }, 'What that point belongs to.'),
  parameter('Konfig-Min-Point', 'header', false, { type: 'string' }, 'Waits until this node has seen the point.'),
]

const schemasOf = (object: unknown): Node => {
  const properties = (object as { readonly properties?: Node } | undefined)?.properties
  return properties ?? {}
}
/** What it says of itself stands beside its schema, once. */
const described = (schema: unknown): readonly [schema: unknown, description: string | undefined] => {
  const { description, ...rest } = schema as { readonly description?: string }
  return [rest, description]
}
const requiredOf = (object: unknown): readonly string[] =>
  (object as { readonly required?: readonly string[] } | undefined)?.required ?? []

const parametersOf = (operation: Operation, path: string): readonly Node[] => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
    parameter(name, 'path', true, ...described(schemasOf(operation.path)[name] ?? { type: 'string' })),
  )
  const inQuery = Object.entries(schemasOf(operation.query)).map(([name, schema]) =>
    parameter(name, 'query', requiredOf(operation.query).includes(name), ...described(schema)),
  )
  const known = new Set(inQuery.map(({ name }) => name))
  const more =
    operation.streams === true
      ? streamParameters
      : operation.writes === true
        ? writeParameters
        : operation.route.startsWith('GET ')
          ? readParameters
          : []
  return [...inPath, ...inQuery, ...more.filter(({ name }) => !known.has(name))]
}

const problem = (description: string): Node => ({
  description,
  content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
})

const responsesOf = (operation: Operation): Node => {
  const responses: Record<string, unknown> = {}
  const status = operation.status ?? 200
  responses[String(status)] =
    status === 204
      ? { description: 'Done.' }
      : {
          description: operation.streams === true ? 'Events, for as long as the client stays.' : 'The answer.',
          content: {
            [operation.streams === true ? streamMediaType : 'application/json']: { schema: operation.answer },
          },
        }
  const refusals = new Map<number, string[]>()
  const general =
    operation.guard === 'public'
      ? (['malformed_request', 'rate_limited'] as const)
      : (['malformed_request', 'unauthenticated', 'denied', 'rate_limited'] as const)
  for (const code of new Set([...general, ...operation.refuses])) {
    const found = statusOf({ code, category: codes[code].category, detail: '', data: {} })
    refusals.set(found, [...(refusals.get(found) ?? []), code])
  }
  for (const [found, names] of [...refusals].sort(([a], [b]) => a - b))
    responses[String(found)] = problem(names.join(', '))
  return responses
}

const bodyOf = ({ body, accepts = ['application/json'] }: Operation): Node | undefined =>
  body === undefined
    ? undefined
    : { required: true, content: Object.fromEntries(accepts.map((mediaType) => [mediaType, { schema: body }])) }

const operationOf = (operation: Operation, path: string): Node => {
  const requestBody = bodyOf(operation)
  const needs =
    operation.guard === 'public'
      ? 'Anybody may call it.'
      : operation.guard === 'signed-in'
        ? 'Any valid credential.'
        : `Needs \`${operation.guard}\`.`
  return {
    operationId: operationId(operation),
    summary: operation.summary,
    description: operation.description === undefined ? needs : `${operation.description}\n\n${needs}`,
    tags: [operation.tag],
    ...(operation.guard === 'public' ? { security: [] } : {}),
    parameters: parametersOf(operation, path),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: responsesOf(operation),
  }
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'data', 'requestId'],
  properties: {
    type: { type: 'string', description: 'Where the code is explained.' },
    title: { type: 'string', description: 'The category, for people.' },
    status: { type: 'integer', description: 'The status of the answer.' },
    detail: { type: 'string', description: 'What was wrong, where, and what to do.' },
    code: { type: 'string', enum: Object.keys(codes), description: 'For programs; it never changes.' },
    data: { type: 'object', description: 'What the sentence names, for programs.' },
    errors: {
      type: 'array',
      description: 'One for each thing that was wrong, where there are several.',
      items: {
        type: 'object',
        required: ['code', 'detail'],
        properties: {
          index: { type: 'integer', description: 'Of the change, from 0.' },
          pointer: { type: 'string', description: 'The field, as a JSON pointer into the body.' },
          code: { type: 'string', description: 'As above.' },
          detail: { type: 'string', description: 'As above.' },
        },
      },
    },
    requestId: { type: 'string', description: 'To find it in the server log.' },
  },
}

export const openApiOf = (operations: readonly Operation[], version: string): Node => {
  const paths: Record<string, Record<string, Node>> = {}
  for (const operation of operations) {
    const [method = '', path = ''] = operation.route.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(operation, path) }
  }
  const tags = [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name }))
  // Through JSON, so that what is not data (symbols of the schema library) is gone.
  return JSON.parse(
    JSON.stringify({
      openapi: '3.1.0',
      info: {
        title: 'Konfig',
        version,
        description: 'Configuration as a service: what is the value now, why, who made it so, and what was it before.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/api/v1' }],
      tags,
      security: [{ bearer: [] }, { apiKey: [] }],
      paths,
      components: {
        schemas: { Problem: problemSchema },
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
      },
    }),
  ) as Node
}
