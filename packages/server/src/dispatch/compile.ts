// From an operation to what a route needs, once at start: pattern, validators, limits. Refuses an operation that names no guard.
import { type Operation, operationId } from '@konfig/api'
import { permissions } from '@konfig/core'
import Type, { type TSchema } from 'typebox'
import { type Validate, validator } from '../request/validate.ts'

export const prefix = '/api/v1'
const mebibyte = 1024 * 1024
const defaultBodyLimit = 16 * mebibyte

export interface Route {
  readonly operation: Operation
  readonly id: string
  readonly method: string
  /** As the router writes it, with the prefix. */
  readonly url: string
  /** As people write it, without the prefix: for metrics and logs. */
  readonly label: string
  readonly bodyLimit: number
  readonly accepts: readonly string[]
  /** The body goes to the use case as text, unread: imports, whose mistakes lie in the text. */
  readonly takesText: boolean
  readonly query: { readonly [name: string]: TSchema }
  readonly validatePath: Validate
  readonly validateQuery: Validate
  readonly validateBody: Validate | undefined
}

const writeQuery = {
  dryRun: Type.Optional(Type.Boolean()),
  message: Type.Optional(Type.String({ maxLength: 1000 })),
}

const nothing = Type.Object({}, { additionalProperties: false })
const isText = (schema: TSchema | undefined): boolean =>
  (schema as { readonly type?: unknown } | undefined)?.type === 'string'

const refuseUnguarded = ({ route, guard, side }: Operation): void => {
  const known: readonly unknown[] = ['public', 'signed-in', ...permissions]
  if (!known.includes(guard)) throw new Error(`Operation ${route} names no guard: public, signed-in or a permission.`)
  if (side !== 'tenant' && side !== 'platform')
    throw new Error(`Operation ${route} does not say on whose side it works.`)
}

export const compileRoute = (operation: Operation): Route => {
  refuseUnguarded(operation)
  const [method = '', path = ''] = operation.route.split(' ')
  const query = { ...(operation.query ?? nothing).properties, ...(operation.writes === true ? writeQuery : {}) }
  return {
    operation,
    id: operationId(operation),
    method,
    url: `${prefix}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    label: path,
    bodyLimit: operation.bodyLimit ?? defaultBodyLimit,
    accepts: operation.accepts ?? ['application/json'],
    takesText: isText(operation.body),
    query,
    validatePath: operation.path === undefined ? () => [] : validator(operation.path, 'malformed_request', '/path'),
    validateQuery: validator(Type.Object(query, { additionalProperties: false }), 'malformed_request', '/query'),
    validateBody: operation.body === undefined ? undefined : validator(operation.body, 'body_invalid'),
  }
}

/** All routes; throws where two operations would answer the same request. */
export const compileRoutes = (operations: readonly Operation[]): readonly Route[] => {
  const routes = operations.map(compileRoute)
  const seen = new Set<string>()
  for (const { method, url } of routes) {
    const shape = `${method} ${url.replaceAll(/:\w+/g, ':')}`
    if (seen.has(shape)) throw new Error(`Two operations answer ${shape}.`)
    seen.add(shape)
  }
  return routes
}

/** Which methods a path takes: for 405 and OPTIONS. */
export const methodsOf = (routes: readonly Route[]): ((path: string) => readonly string[]) => {
  const patterns = new Map<string, { readonly shape: RegExp; readonly methods: Set<string> }>()
  for (const { method, url } of routes) {
    const source = url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')
    const known = patterns.get(source) ?? { shape: new RegExp(`^${source}$`), methods: new Set<string>() }
    known.methods.add(method)
    if (method === 'GET') known.methods.add('HEAD')
    patterns.set(source, known)
  }
  return (path) => {
    const found = new Set<string>()
    for (const { shape, methods } of patterns.values())
      if (shape.test(path)) for (const method of methods) found.add(method)
    return [...found].sort()
  }
}
