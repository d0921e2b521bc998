// What the routes that read values share: their query, their answer, their headers. The bytes are made already and are sent as they are.
import { formatNames, layoutNames, type ReadDocumentOptions, textOf, type ValuesAnswer } from '@konfig/app'
import { formatPoint } from '@konfig/core'
import Type, { type Static } from 'typebox'
import type { Answer } from '../operation.ts'

export const Environment = Type.String({
  pattern: '^[a-z0-9][a-z0-9_-]{0,62}$',
  description: 'Needed unless the API key is bound to exactly one.',
})

export const readQuery = {
  environment: Type.Optional(Environment),
  at: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'A revision of the tenant, a point such as 812-450, or a time (RFC 3339).',
    }),
  ),
  explain: Type.Optional(Type.Boolean()),
}

export const documentQuery = {
  ...readQuery,
  format: Type.Optional(Type.Union(formatNames.map((name) => Type.Literal(name)))),
  layout: Type.Optional(Type.Union(layoutNames.map((name) => Type.Literal(name)))),
}

const Source = {
  layer: Type.String(),
  environment: Type.Optional(Type.String()),
  log: Type.Union([Type.Literal('platform'), Type.Literal('tenant')]),
  revision: Type.Integer(),
  version: Type.Integer(),
  author: Type.Optional(Type.String()),
  value: Type.Optional(Type.Unknown()),
  removed: Type.Optional(Type.Literal(true)),
  hidden: Type.Optional(Type.Literal(true)),
}

export const Explanation = Type.Array(
  Type.Object({
    namespace: Type.String(),
    key: Type.String(),
    pointer: Type.String(),
    winner: Type.Optional(Type.Object(Source)),
    shadowed: Type.Array(
      Type.Object({
        ...Source,
        reason: Type.Union(
          ['weaker', 'duplicate', 'policy', 'invalid', 'reference'].map((reason) => Type.Literal(reason)),
        ),
      }),
    ),
  }),
)

interface Query {
  readonly environment?: string
  readonly at?: string
  readonly explain?: boolean
  readonly format?: ReadDocumentOptions['format']
  readonly layout?: ReadDocumentOptions['layout']
}

export const optionsOf = ({ environment, at, explain, format, layout }: Query): ReadDocumentOptions => ({
  environment,
  at,
  explain,
  format,
  layout,
})

/** The body is the text itself: `mediaType` says so. */
export const sendValues = <Out>(answer: ValuesAnswer): Answer<Out> => ({
  body: textOf(answer) as Out,
  mediaType: answer.mediaType,
  headers: {
    etag: answer.etag,
    'konfig-point': formatPoint(answer.point),
    'cache-control': 'private, no-cache',
    vary: 'Authorization, X-API-Key',
  },
})

export const ValuesBody = Type.Object({
  environment: Type.String(),
  application: Type.Optional(Type.String()),
  values: Type.Record(Type.String(), Type.Unknown()),
  explanation: Type.Optional(Explanation),
})
export type ValuesBody = Static<typeof ValuesBody>
