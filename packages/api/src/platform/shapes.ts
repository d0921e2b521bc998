// The shapes that the platform's routes share: names, pages, versions. Owns no route.
import Type, { type TProperties } from 'typebox'
import { closed, orNull } from '../identity/shapes.ts'

export const Slug = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' })
export const NameOrId = Type.String({ minLength: 1, maxLength: 63, description: 'A name or an id.' })
export const DisplayName = Type.String({ minLength: 1, maxLength: 200 })
export const Text = Type.String({ maxLength: 4000 })
export const Labels = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$' }),
  Type.String({ maxLength: 1000 }),
)
/** What every resource says of itself beside its body. */
export const stamp = {
  version: Type.Integer(),
  revision: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
}

export const pageOf = <Item extends TProperties>(item: Item) =>
  Type.Object({ items: Type.Array(Type.Object(item, closed)), next: orNull(Type.String()) }, closed)

export const etagOf = ({
  id,
  version,
}: {
  readonly id: string
  readonly version: number
}): { readonly etag: string } => ({
  etag: `"${id}.${version}"`,
})
