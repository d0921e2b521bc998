// The shapes that the platform's routes share: names, pages, versions. Owns no route.
import Type, { type TProperties } from 'typebox'

export const closed = { additionalProperties: false } as const

export const Slug = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' })
export const NameOrId = Type.String({ minLength: 1, maxLength: 63, description: 'A name or an id.' })
export const DisplayName = Type.String({ minLength: 1, maxLength: 200 })
export const Text = Type.String({ maxLength: 4000 })
export const Labels = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$' }),
  Type.String({ maxLength: 1000 }),
)
export const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()])

/** What every resource says of itself beside its body. */
export const stamp = {
  version: Type.Integer(),
  revision: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
}

export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
}

export const pageOf = <Item extends TProperties>(item: Item) =>
  Type.Object({ items: Type.Array(Type.Object(item, closed)), next: orNull(Type.String()) }, closed)

/** The query of the next page, as a Link header. */
export const linkTo = (
  path: string,
  query: { readonly [name: string]: string | number | undefined },
  next: string | null,
): { readonly [name: string]: string } => {
  if (next === null) return {}
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value))
  parameters.set('cursor', next)
  return { link: `</api/v1${path}?${parameters.toString()}>; rel="next"` }
}

export const etagOf = ({
  id,
  version,
}: {
  readonly id: string
  readonly version: number
}): { readonly etag: string } => ({
  etag: `"${id}.${version}"`,
})
