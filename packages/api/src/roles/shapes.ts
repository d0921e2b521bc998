// The shapes that routes of roles have in common.
import { permissions, RolePermission } from '@konfig/core'
import Type from 'typebox'
import { resourceFields } from '../configs/shapes.ts'
import { closed } from '../identity/shapes.ts'

export const RolePath = Type.Object({ name: Type.String({ maxLength: 63 }) }, closed)

export const roleFields = {
  displayName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  description: Type.Optional(Type.String({ maxLength: 4000 })),
  permissions: Type.Array(RolePermission, {
    maxItems: 50,
    uniqueItems: true,
    description:
      'A permission by its name, everywhere; or `{permission, namespaces?, environments?}` with names and patterns: `*` stands for any run of characters. Only what has a place can be bounded: value:read, config:read, config:write, protected:write.',
  }),
}

/** What a list can be asked for. */
export const HeldPermission = Type.Union(permissions.map((permission) => Type.Literal(permission)))

const { definedBy: _, ...fields } = resourceFields

export const RoleShape = Type.Object(
  {
    name: Type.String(),
    displayName: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    fixed: Type.Boolean({ description: 'One of owner, admin, editor, viewer and reader, which nobody changes.' }),
    permissions: Type.Array(
      Type.Union([
        Type.String(),
        Type.Object(
          {
            permission: Type.String(),
            namespaces: Type.Optional(Type.Array(Type.String())),
            environments: Type.Optional(Type.Array(Type.String())),
          },
          closed,
        ),
      ]),
    ),
    ...(Object.fromEntries(Object.entries(fields).map(([field, schema]) => [field, Type.Optional(schema)])) as {
      readonly [field in keyof typeof fields]: Type.TOptional<(typeof fields)[field]>
    }),
  },
  closed,
)
