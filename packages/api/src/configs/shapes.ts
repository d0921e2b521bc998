// The shapes that this folder's routes have in common: names, resources, pages, the query of lists.
import type { Code } from '@konfig/core'
import type { Page, PageQuery, ResourceFields, Viewed } from '@konfig/app'
import Type, { type TSchema } from 'typebox'
import type { Answer } from '../operation.ts'

export const closed = { additionalProperties: false } as const

export const Name = Type.String({ maxLength: 63, description: 'A name or an id.' })
/** What a new name must look like, the kind says: 1 to 63 of a-z, 0-9, _ and -, beginning with a letter or digit. */
export const NewName = Type.String({ maxLength: 63 })
export const Key = Type.String({ minLength: 1, maxLength: 255 })
const Text = Type.String({ maxLength: 4000 })

export const NamespacePath = Type.Object({ ns: Name }, closed)
export const KeyPath = Type.Object({ ns: Name, key: Key }, closed)
export const IdPath = Type.Object({ id: Type.String({ maxLength: 63 }) }, closed)

export const environmentQuery = {
  environment: Type.Optional(
    Type.String({ maxLength: 63, description: 'The override in this environment; without it the base value.' }),
  ),
}

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  cursor: Type.Optional(Type.String({ maxLength: 4000 })),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  sort: Type.Optional(
    Type.String({
      maxLength: 40,
      pattern: '^-?[A-Za-z]+$',
      description: 'A field; with - before it from high to low.',
    }),
  ),
}

interface Query {
  readonly limit?: number
  readonly cursor?: string
  readonly q?: string
  readonly sort?: string
}

export const pageOf = ({ limit, cursor, q, sort }: Query, filters: PageQuery['filters'] = {}): PageQuery => ({
  limit,
  cursor,
  q,
  sort,
  filters,
})

const Side = Type.Union([Type.Literal('platform'), Type.Literal('tenant')])

export const resourceFields: { readonly [field in keyof ResourceFields]: TSchema } = {
  id: Type.String(),
  definedBy: Side,
  version: Type.Integer({ description: 'Of what a PUT would write; 0 while that is not there.' }),
  revision: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
}

export const NamespaceShape = Type.Object(
  {
    name: Type.String(),
    displayName: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    closed: Type.Optional(Type.Boolean()),
    ...resourceFields,
  },
  closed,
)

export const EnvironmentShape = Type.Object(
  {
    name: Type.String(),
    displayName: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    parent: Type.Optional(Type.String()),
    protected: Type.Boolean(),
    order: Type.Integer(),
    ...resourceFields,
  },
  closed,
)

export const ConfigShape = Type.Object(
  {
    namespace: Type.String(),
    key: Type.String(),
    layer: Type.String(),
    environment: Type.Optional(Type.String()),
    type: Type.String(),
    value: Type.Optional(
      Type.Unknown({ description: 'As it is written in the own layer; absent where there is none.' }),
    ),
    validation: Type.Optional(Type.Unknown()),
    combine: Type.Optional(Type.Unknown()),
    description: Type.Optional(Type.Unknown()),
    policy: Type.Optional(Type.Unknown()),
    dormant: Type.Optional(Type.Literal(true)),
    ...resourceFields,
  },
  closed,
)

const ValueType = Type.Union(['string', 'number', 'boolean', 'select', 'json'].map((type) => Type.Literal(type)))
const Combine = Type.Union(['replace', 'merge', 'append'].map((mode) => Type.Literal(mode)))

const definitionFields = {
  value: Type.Optional(Type.Unknown()),
  validation: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  combine: Type.Optional(Combine),
  description: Type.Optional(Text),
}

/** On the platform's side configs also take a policy. */
export const policyFields = { policy: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }

export const NewConfigBody = Type.Object({ key: Key, type: ValueType, ...definitionFields }, closed)
export const NewConfigSomewhereBody = Type.Object(
  { namespace: Name, key: Key, type: ValueType, ...definitionFields },
  closed,
)
export const PutConfigBody = Type.Object({ type: Type.Optional(ValueType), ...definitionFields }, closed)

export const namespaceFields = {
  displayName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  description: Type.Optional(Text),
  closed: Type.Optional(Type.Boolean({ description: 'Of a platform namespace: tenants add no keys to it.' })),
}

export const environmentFields = {
  displayName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  description: Type.Optional(Text),
  parent: Type.Optional(Type.String({ maxLength: 63 })),
  protected: Type.Optional(Type.Boolean()),
  order: Type.Optional(Type.Integer({ minimum: -1e6, maximum: 1e6 })),
}

export const pageShape = <Item extends TSchema>(item: Item) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) }, closed)

/** RFC 7396 under the first two, RFC 6902 under the last. */
export const patchAccepts = ['application/json', 'application/merge-patch+json', 'application/json-patch+json'] as const

const address = (path: string, query: { readonly [name: string]: unknown }): string => {
  const text = Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [`${name}=${encodeURIComponent(value)}`]
      : [],
  )
  return `/api/v1${path}${text.length === 0 ? '' : `?${text.join('&')}`}`
}

/** A page with its `Link` to the next one. */
export const sendPage = <T, Out>(
  { items, next }: Page<T>,
  path: string,
  query: { readonly [name: string]: unknown },
): Answer<Out> => ({
  body: { items, next } as Out,
  ...(next === null ? {} : { headers: { link: `<${address(path, { ...query, cursor: next })}>; rel="next"` } }),
})

/** One resource with its ETag; 201 and its address where this request made it. */
export const sendViewed = <View, Out>({ view, etag, created }: Viewed<View>, location?: string): Answer<Out> => ({
  status: created ? 201 : 200,
  body: view as unknown as Out,
  headers: { etag, ...(created && location !== undefined ? { location: `/api/v1${location}` } : {}) },
})

export const sendNothing = <Out>(): Answer<Out> => ({ status: 204, body: undefined as Out })

export const configPath = ({ namespace, key }: { readonly namespace: string; readonly key: string }): string =>
  `/namespaces/${encodeURIComponent(namespace)}/configs/${encodeURIComponent(key)}`

/** Where a written value can be read again: its key, and the layer and the environment that it is of. */
export const configAddress = (where: {
  readonly namespace: string
  readonly key: string
  readonly layer?: string
  readonly environment?: string
}): string => {
  const query = new URLSearchParams({
    // A tenant has one layer, and the platform's own is what is read without a word.
    ...(where.layer?.includes(':') === true ? { layer: where.layer } : {}),
    ...(where.environment === undefined ? {} : { environment: where.environment }),
  }).toString()
  return query === '' ? configPath(where) : `${configPath(where)}?${query}`
}

/** What every write of a value or a definition may be refused for. */
export const valueRefusals = [
  'value_invalid',
  'definition_invalid',
  'type_conflict',
  'policy_locked',
  'policy_bounded',
  'reference_unknown',
  'reference_broken',
  'body_invalid',
  'precondition_failed',
  'precondition_required',
  'denied',
  'resource_not_found',
] as const satisfies readonly Code[]
