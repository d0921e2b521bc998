// Shapes that several operations of people and keys speak in.
import Type from 'typebox'

export const closed = { additionalProperties: false } as const

export const Email = Type.String({
  minLength: 3,
  maxLength: 320,
  description: 'Case and Unicode variants are one address.',
})
export const Password = Type.String({ minLength: 1, maxLength: 1024 })
export const Time = Type.String({ description: 'RFC 3339, in UTC.' })
export const RoleNames = Type.Array(Type.String({ minLength: 1, maxLength: 63 }), {
  minItems: 1,
  maxItems: 20,
  uniqueItems: true,
})
export const Names = Type.Array(Type.String({ minLength: 1, maxLength: 63 }), { maxItems: 100, uniqueItems: true })
export const Id = Type.String({ minLength: 1, maxLength: 255 })
export const Nothing = Type.Null()
export const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const Tokens = Type.Object(
  {
    accessToken: Type.String(),
    refreshToken: Type.String({ description: 'Spent by its first use, which answers the next one.' }),
    expiresIn: Type.Integer({ description: 'Seconds that the access token is good for.' }),
    tenant: orNull(Type.String()),
  },
  closed,
)

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  cursor: Type.Optional(Type.String({ maxLength: 2000 })),
}

export const pageOf = <T extends Type.TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: orNull(Type.String()) }, closed)

/** Secrets that are shown once belong in nobody's cache. */
export const shownOnce = { 'cache-control': 'no-store' } as const

/** Where the next page is, as a header too. */
export const nextLink = (
  path: string,
  query: { readonly [name: string]: unknown },
  next: string | null,
): { readonly [name: string]: string } => {
  if (next === null) return {}
  const pairs = Object.entries({ ...query, cursor: next }).filter(([, value]) => value !== undefined)
  const search = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')
  return { link: `</api/v1${path}?${search}>; rel="next"` }
}
