// Writes packages/cli/src/catalogue/catalogue.generated.json: nouns and verbs of the command line, from the registry of operations.
// Owns how a route is called on a command line. Usage: node scripts/cli-catalogue.ts
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Operation, operations } from '@konfig/api'
import { wordsFor } from './cli-words.ts'
import type { Catalogue, CatalogueEntry, Field, Operand } from '../packages/cli/src/catalogue/shape.ts'

/** Operations that a hand-made verb carries out, or that another generated one covers; `konfig` words of that verb. */
export const covered: Readonly<Record<string, string>> = {
  'GET /values': 'list',
  'GET /values/{ns}': 'list',
  'GET /values/{ns}/{key}': 'get',
  'GET /namespaces/{ns}/configs': 'config list',
  'POST /configs': 'config create',
  'GET /configs/{id}': 'config show',
  'PUT /configs/{id}': 'config set',
  'PATCH /configs/{id}': 'config edit',
  'DELETE /configs/{id}': 'config delete',
  'GET /namespaces/{ns}/configs/{key}/history': 'history',
  'POST /namespaces/{ns}/configs/{key}/rollback': 'rollback',
  'POST /commits/{revision}/revert': 'revert',
  'POST /restore': 'restore',
  'GET /diff': 'diff',
  'POST /preview': 'diff',
  'POST /import': 'import',
  'GET /export': 'export',
  'GET /stream': 'watch',
  'POST /audit/verify': 'audit verify',
  'POST /platform/audit/verify': 'platform audit verify',
  'POST /auth/register': 'init',
  'POST /auth/login': 'login',
  'POST /auth/refresh': 'login',
  'POST /auth/logout': 'logout',
  'GET /auth/me': 'whoami',
  'PUT /auth/password': 'password',
  'POST /auth/accept': 'accept',
  'POST /auth/token': 'act',
}

/** Words where the rule would give others. */
const words: Readonly<Record<string, readonly string[]>> = {
  'POST /members': ['member', 'invite'],
  'POST /platform/members': ['platform', 'member', 'invite'],
  'POST /changes': ['change', 'apply'],
  'POST /platform/changes': ['platform', 'change', 'apply'],
  'POST /platform/tenants/{tenant}/owner': ['tenant', 'invite-owner'],
  'POST /platform/tenants/{tenant}/keys/rotate': ['tenant', 'rotate-keys'],
}

/** Columns of tables; what is not listed shows all but what every resource has. */
const columns: Readonly<Record<string, readonly string[]>> = {
  namespace: ['name', 'displayName', 'definedBy', 'closed', 'version', 'updatedAt'],
  environment: ['name', 'displayName', 'parent', 'protected', 'order', 'definedBy'],
  config: ['namespace', 'key', 'type', 'value', 'definedBy', 'version', 'updatedAt'],
  override: ['namespace', 'key', 'environment', 'value', 'inert', 'reason', 'version'],
  'platform override': ['namespace', 'key', 'layer', 'environment', 'value', 'inert', 'reason', 'version'],
  commit: ['revision', 'time', 'actor', 'message'],
  'api-key': ['name', 'role', 'namespaces', 'environments', 'expiresAt', 'expired', 'id'],
  session: ['tenant', 'usedAt', 'current', 'id'],
  key: ['log', 'version', 'createdAt', 'newest'],
  rotate: ['log', 'version', 'createdAt'],
  'rotate-keys': ['log', 'version', 'createdAt'],
  history: ['layer', 'environment', 'version', 'changeType', 'value', 'changedAt', 'changedBy', 'message'],
  configs: ['namespace', 'key', 'type', 'value', 'wins', 'shadowedBy'],
  audit: ['time', 'type', 'actor', 'resource', 'detail'],
}
const quiet = new Set(['id', 'version', 'revision', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'])

type Schema = { readonly [name: string]: unknown }
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null
const propertiesOf = (schema: unknown): readonly (readonly [string, Schema])[] => {
  const properties = isSchema(schema) ? schema['properties'] : undefined
  return isSchema(properties)
    ? Object.entries(properties).filter((pair): pair is [string, Schema] => isSchema(pair[1]))
    : []
}
const requiredIn = (schema: unknown): readonly unknown[] =>
  isSchema(schema) && Array.isArray(schema['required']) ? schema['required'] : []

const choicesOf = ({ anyOf, enum: given }: Schema): readonly string[] | undefined => {
  const options = Array.isArray(anyOf)
    ? anyOf.map((each) => (isSchema(each) ? each['const'] : undefined))
    : Array.isArray(given)
      ? given
      : []
  const texts = options.filter((each) => typeof each === 'string')
  return texts.length > 0 && texts.length === options.length ? texts : undefined
}

const isText = (schema: unknown): boolean =>
  isSchema(schema) &&
  (schema['type'] === 'string' || typeof schema['const'] === 'string' || choicesOf(schema) !== undefined)

const typeOf = (name: string, schema: Schema, within: readonly string[]): Field['type'] => {
  const { type, items, anyOf } = schema
  if (name === 'value' && within.includes('type')) return 'value'
  if (name === 'value' && type === undefined) return 'value'
  if (type === 'string' || choicesOf(schema) !== undefined) return 'text'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'boolean'
  if (type === 'array' && isSchema(items) && (items['type'] === 'string' || choicesOf(items) !== undefined))
    return 'texts'
  if (type === 'array' && isSchema(items) && Array.isArray(items['anyOf']) && items['anyOf'].some(isText))
    return 'names'
  const some = Array.isArray(anyOf) ? anyOf.filter(isSchema).filter((each) => each['type'] !== 'null') : []
  const [only] = some
  return some.length === 1 && only !== undefined ? typeOf(name, only, within) : 'json'
}

const fieldsOf = (part: 'body' | 'query', schema: unknown): readonly Field[] => {
  const properties = propertiesOf(schema)
  const within = properties.map(([name]) => name)
  return properties.map(([name, property]) => {
    const choices = choicesOf(property)
    const description = wordsFor(part, name, property['description'])
    return {
      name,
      type: typeOf(name, property, within),
      ...(requiredIn(schema).includes(name) ? { required: true as const } : {}),
      ...(choices === undefined ? {} : { choices }),
      ...(description === undefined ? {} : { description }),
    }
  })
}

const same = new Set(['settings', 'access', 'usage', 'audit'])
const singular = (noun: string): string => (same.has(noun) ? noun : noun.replace(/s$/, ''))
const isHole = (part: string | undefined): boolean => part?.startsWith('{') === true

const answersItems = ({ answer }: Operation): boolean => propertiesOf(answer).some(([name]) => name === 'items')

const verbOf = (operation: Operation, onOne: boolean): string => {
  switch (operation.route.split(' ', 1)[0]) {
    case 'GET':
      return onOne || !answersItems(operation) ? 'show' : 'list'
    case 'POST':
      return 'create'
    case 'PUT':
      return 'set'
    case 'PATCH':
      return 'edit'
    default:
      return 'delete'
  }
}

const twins = (path: string, paths: ReadonlySet<string>): boolean => paths.has(path.replace(/^\/platform/, ''))

const collections = new Set(['configs'])

/** The rule: the last noun of the route, singular; the verb from the method; a word after a hole, or after a collection, is a verb itself. */
const wordsOf = (operation: Operation, paths: ReadonlySet<string>): readonly string[] => {
  const [, path = ''] = operation.route.split(' ')
  const prefix = path.startsWith('/platform/') && twins(path, paths) ? ['platform'] : []
  const parts = path.split('/').filter((part) => part !== '' && part !== 'platform' && part !== 'auth')
  const nouns = parts.filter((part) => !isHole(part))
  const last = parts.at(-1)
  const noun = (name: string | undefined): string => singular(name ?? '')
  if (isHole(last)) return [...prefix, noun(nouns.at(-1)), verbOf(operation, true)]
  const before = parts.at(-2)
  const nested = isHole(before) && collections.has(last ?? '') && nouns.at(-2) === 'namespaces'
  if (nouns.length === 1 || nested) return [...prefix, noun(last), verbOf(operation, false)]
  return [...prefix, noun(nouns.at(-2)), last ?? '']
}

/** `{ns}` and what follows it are one word, NAMESPACE/KEY; what a new thing is called stands as a word too. */
const operandsOf = (
  { path: schema }: Pick<Operation, 'path'>,
  path: string,
  noun: string,
  fields: readonly Field[],
  creates: boolean,
): readonly Operand[] => {
  const inPath = propertiesOf(schema)
  const told = (part: 'path' | 'body', name: string): string =>
    (part === 'path'
      ? wordsFor('path', name, inPath.find(([each]) => each === name)?.[1]['description'])
      : fields.find((field) => field.name === name)?.description) ?? ''
  const holes = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({ in: 'path' as const, name }))
  const needed = (name: string): boolean => fields.some((field) => field.name === name && field.required === true)
  const called = creates ? ['key', 'name', 'email'].find(needed) : undefined
  const all = [...holes, ...(called === undefined ? [] : [{ in: 'body' as const, name: called }])]
  const title = (name: string): string =>
    name === 'ns' ? 'NAMESPACE' : name === 'id' ? noun.toUpperCase() : name.toUpperCase()
  return all.length === 2 && all[0]?.name === 'ns' && all[1]?.name === 'key'
    ? [{ name: 'NAMESPACE/KEY', description: 'A namespace and a key in it, such as billing/timeout', into: all }]
    : all.map((each) => ({ name: title(each.name), description: told(each.in, each.name), into: [each] }))
}

const patchFields = (operation: Operation): readonly Field[] => {
  const put = operations.find(({ route }) => route === operation.route.replace(/^PATCH/, 'PUT'))
  const fields =
    propertiesOf(operation.body).length > 0 ? fieldsOf('body', operation.body) : fieldsOf('body', put?.body)
  return fields.map(({ name, type, choices, description }) => ({
    name,
    type,
    ...(choices === undefined ? {} : { choices }),
    ...(description === undefined ? {} : { description }),
  }))
}

const columnsFor = (operation: Operation, named: readonly string[]): readonly string[] | undefined => {
  const items = propertiesOf(operation.answer).find(([name]) => name === 'items')?.[1]
  if (items === undefined) return undefined
  const names = propertiesOf(items['items']).map(([name]) => name)
  const verb = named.at(-1) ?? ''
  const onPlatform = columns[named.slice(0, -1).join(' ')]
  const chosen = (verb === 'list' ? (onPlatform ?? columns[named.at(-2) ?? '']) : columns[verb])?.filter(
    (name) => names.length === 0 || names.includes(name),
  )
  return chosen !== undefined && chosen.length > 1 ? chosen : names.filter((name) => !quiet.has(name))
}

const entryOf = (operation: Operation, paths: ReadonlySet<string>): CatalogueEntry => {
  const { route, summary, description, query, body, writes } = operation
  const [method = '', path = ''] = route.split(' ')
  const named = words[route] ?? wordsOf(operation, paths)
  const bodyFields = body === undefined ? [] : method === 'PATCH' ? patchFields(operation) : fieldsOf('body', body)
  const operands = operandsOf(
    operation,
    path,
    named.at(-2) ?? '',
    bodyFields,
    method === 'POST' && ['create', 'invite'].includes(named.at(-1) ?? ''),
  )
  const inOperands = operands.flatMap(({ into }) => into.filter((each) => each.in === 'body').map(({ name }) => name))
  const noun = named.at(-2) ?? ''
  const shown = columnsFor(operation, named)
  const pages = shown !== undefined && propertiesOf(query).some(([name]) => name === 'cursor')
  const plural = `${noun}s`
  return {
    words: named,
    ...(same.has(noun) ? {} : { aliases: [[...named.slice(0, -2), plural, named.at(-1) ?? '']] }),
    summary: summary.replace(/ \(platform\)$/, ' of the platform'),
    ...(description === undefined ? {} : { description }),
    method: method as CatalogueEntry['method'],
    path,
    operands,
    query: fieldsOf('query', query),
    ...(body === undefined ? {} : { body: bodyFields.filter(({ name }) => !inOperands.includes(name)) }),
    ...(writes === true ? { writes } : {}),
    ...(pages ? { pages: true as const } : {}),
    ...(shown === undefined ? {} : { columns: shown }),
  }
}

export const catalogue = (): Catalogue => {
  const paths = new Set(operations.map(({ route }) => route.split(' ')[1] ?? ''))
  return {
    entries: operations
      .filter(({ route }) => covered[route] === undefined)
      .map((operation) => entryOf(operation, paths)),
  }
}

/** One operation a line, so that a change of one is a change of one line. */
export const catalogueText = (): string =>
  `{"entries":[\n${catalogue()
    .entries.map((entry) => JSON.stringify(entry))
    .join(',\n')}\n]}\n`

export const file = new URL('../packages/cli/src/catalogue/catalogue.generated.json', import.meta.url)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(file, catalogueText())
