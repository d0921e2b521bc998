// Writes the types and the table of the SDK's management client from the registry of operations. Owns how a route becomes a name and a
// schema a type; what there is comes from the registry.
// Usage: node scripts/client.ts
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Operation, operations } from '../packages/api/src/index.ts'

const root = join(import.meta.dirname, '..')
export const clientFile = join(root, 'packages/sdk/src/management/operations.generated.ts')

/** The last word of a route that says what to do, rather than what to make. */
const verbs = new Set(['accept', 'check', 'import', 'login', 'logout', 'refresh', 'register', 'reset', 'restore'])
for (const verb of [
  'revert',
  'rollback',
  'verify',
  'render',
  'rotate',
  'reveal',
  'validate',
  'cancel',
  'generate',
  'migrate',
])
  verbs.add(verb)

/** Where the rule would give two routes one name. */
const exceptions: Readonly<Record<string, string>> = {
  'GET /values/{ns}': 'readNamespaceValues',
  'GET /values/{ns}/{key}': 'readValue',
  'POST /changes': 'applyChanges',
  'POST /platform/changes': 'applyPlatformChanges',
  'GET /diff': 'compare',
  'GET /export': 'export',
}

const pascal = (words: string): string => words.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')

const isList = ({ answer }: Operation): boolean =>
  Object.hasOwn((answer as { readonly properties?: object }).properties ?? {}, 'items')

/** `GET /namespaces/{ns}/configs/{key}` is readNamespaceConfig; `POST …/rollback` is rollbackNamespaceConfig. */
export const methodName = (operation: Operation): string => {
  const exception = exceptions[operation.route]
  if (exception !== undefined) return exception
  const [method = '', path = ''] = operation.route.split(' ')
  const parts = path.split('/').filter((part) => part !== '' && part !== 'auth')
  const last = parts.at(-1) ?? ''
  const asVerb = method === 'POST' && verbs.has(last)
  const nouns = (asVerb ? parts.slice(0, -1) : parts).flatMap((part, index, all) => {
    if (part.startsWith('{')) return []
    const one = all[index + 1]?.startsWith('{') === true || (method === 'POST' && index === all.length - 1)
    return [pascal(one ? singular(part) : part)]
  })
  const verb = asVerb
    ? last
    : method === 'GET'
      ? isList(operation)
        ? 'list'
        : 'read'
      : method === 'POST'
        ? 'create'
        : method.toLowerCase()
  return verb + nouns.join('')
}

interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly description?: string
}

const comment = (text: string | undefined): string =>
  text === undefined ? '' : `/** ${text.replaceAll('*/', '* /')} */\n`
const member = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name))

const orUndefined = (type: string): string => (type === 'unknown' ? type : `${type} | undefined`)

const objectType = ({ properties = {}, required = [] }: Schema): string => {
  const members = Object.entries(properties).map(([name, schema]) => {
    const given = required.includes(name)
    const type = typeOf(schema)
    return `${comment(schema.description)}readonly ${member(name)}${given ? '' : '?'}: ${given ? type : orUndefined(type)}`
  })
  return `{\n${members.join('\n')}\n}`
}

export const typeOf = (schema: Schema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].map((type) => `(${type})`).join(' | ')
  switch (schema.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
      return 'number'
    case 'array':
      return `readonly (${schema.items === undefined ? 'unknown' : typeOf(schema.items)})[]`
    case 'object': {
      const [pattern] = Object.values(schema.patternProperties ?? {})
      if (pattern !== undefined) return `Readonly<Record<string, ${typeOf(pattern)}>>`
      return schema.properties === undefined ? 'Readonly<Record<string, unknown>>' : objectType(schema)
    }
    default:
      return 'unknown'
  }
}

const needs = (schema: Schema | undefined): boolean => (schema?.required ?? []).length > 0

const requestType = (operation: Operation): string => {
  const { path, query, body, accepts, writes } = operation
  const schemas = { path: path as Schema | undefined, query: query as Schema | undefined }
  const members = Object.entries(schemas).flatMap(([name, schema]) =>
    schema === undefined ? [] : [`readonly ${name}${needs(schema) ? '' : '?'}: ${typeOf(schema)}`],
  )
  if (body !== undefined) members.push(`readonly body: ${typeOf(body as Schema)}`)
  else if (accepts !== undefined) members.push('readonly body: string | Uint8Array<ArrayBuffer>')
  if (accepts !== undefined)
    members.push(
      `readonly mediaType${body === undefined ? '' : '?'}: ${accepts.map((type) => JSON.stringify(type)).join(' | ')}`,
    )
  return `${writes === true ? 'WriteOptions' : 'Options'}${members.length === 0 ? '' : ` & { ${members.join('\n')} }`}`
}

const isOptional = ({ path, query, body, accepts }: Operation): boolean =>
  !needs(path as Schema | undefined) &&
  !needs(query as Schema | undefined) &&
  body === undefined &&
  accepts === undefined

/** What streams is followed with `connect`, not asked for here. */
const offered = operations.filter(({ streams }) => streams !== true)

const uniqueNames = (): readonly (readonly [string, Operation])[] => {
  const named = new Map<string, Operation>()
  for (const operation of offered) {
    const name = methodName(operation)
    const other = named.get(name)
    if (other !== undefined)
      throw new Error(
        `${operation.route} and ${other.route} would both be ${name}; give one of them another name in scripts/client.ts.`,
      )
    named.set(name, operation)
  }
  return [...named]
}

export const clientText = (): string => {
  const named = uniqueNames()
  const text = [
    '// Every operation of the server as a typed method. Made from the registry by `node scripts/client.ts`; not to be changed by hand.',
    '/* oxlint-disable max-lines -- one generated table */',
    "import type { Answer, Options, WriteOptions } from './answer.ts'",
    '',
    'export interface Operations {',
    ...named.map(
      ([name, operation]) =>
        `  /** ${operation.summary}: \`${operation.route}\` */\n  readonly ${name}: (request${isOptional(operation) ? '?' : ''}: ${requestType(operation)}) => Promise<Answer<${operation.status === 204 ? 'undefined' : typeOf(operation.answer as Schema)}>>`,
    ),
    '}',
    '',
    '/** By name: the route, and whether it writes. */',
    'export const routes: { readonly [Name in keyof Operations]: readonly [route: string, writes: boolean] } = {',
    ...named.map(([name, { route, writes }]) => `  ${name}: ['${route}', ${writes === true}],`),
    '}',
    '',
  ].join('\n')
  return execFileSync(join(root, 'node_modules/.bin/biome'), ['format', `--stdin-file-path=${clientFile}`], {
    input: text,
    encoding: 'utf8',
    cwd: root,
    maxBuffer: 2 ** 26,
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(clientFile, clientText())
