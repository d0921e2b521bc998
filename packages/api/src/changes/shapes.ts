// The shapes that this folder's answers and questions have in common: manifests, what names a resource, differences.
import Type from 'typebox'

const closed = { additionalProperties: false } as const

export const Name = Type.String({ minLength: 1, maxLength: 255 })
const Part = Type.String({ minLength: 1, maxLength: 100 })
const Text = Type.String()

export const Manifest = Type.Object(
  {
    kind: Type.String({ maxLength: 50, description: 'namespace, config, override, environment …' }),
    metadata: Type.Object(
      {
        name: Name,
        namespace: Type.Optional(Part),
        layer: Type.Optional(Part),
        environment: Type.Optional(Part),
        labels: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 1000 }))),
      },
      closed,
    ),
    spec: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  closed,
)

export const identity = {
  kind: Text,
  name: Text,
  namespace: Type.Optional(Text),
  layer: Type.Optional(Text),
  environment: Type.Optional(Text),
}

export const Identity = Type.Object(identity, closed)

export const Difference = Type.Object(
  {
    ...identity,
    op: Type.Union([Type.Literal('create'), Type.Literal('update'), Type.Literal('delete')]),
    before: Type.Unknown({ description: 'The body before; null where there was none.' }),
    after: Type.Unknown({ description: 'The body after; null where there is none.' }),
    hidden: Type.Optional(Type.Literal(true)),
  },
  closed,
)

const origin = Type.Object({ type: Text, request: Type.Optional(Text), of: Type.Optional(Text) }, closed)

/** What commits show in a list and alone. */
export const commitFields = {
  revision: Type.Integer(),
  id: Text,
  time: Text,
  actor: Text,
  origin,
  message: Type.Optional(Text),
}

export const OnConflict = Type.Union([Type.Literal('fail'), Type.Literal('skip')], {
  description: 'fail: all or nothing. skip: what cannot go back stays as it is, and is listed.',
})

export const IfRevision = Type.Integer({
  minimum: 0,
  description: 'Refuse unless the log is at this revision; needed where protected environments are touched.',
})

/** The answer of revert and restore. */
export const Undone = Type.Object(
  {
    revision: Type.Integer(),
    applied: Type.Array(
      Type.Object(
        { ...identity, op: Type.Union([Type.Literal('put'), Type.Literal('delete')]), version: Type.Integer() },
        closed,
      ),
    ),
    skipped: Type.Array(Type.Object({ ...identity, code: Text, detail: Text }, closed)),
    stillDiffer: Type.Array(Identity),
  },
  closed,
)

/** A moment of the past: a revision, a point, or a time. */
export const Moment = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'A revision, a point such as 812-450, or an RFC 3339 time.',
})
