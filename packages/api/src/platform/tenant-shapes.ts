// How tenants look in the platform's routes.
import Type from 'typebox'
import { DisplayName, Labels, NameOrId, Slug, stamp } from './shapes.ts'

export const tenantFields = {
  id: Type.String(),
  name: Slug,
  displayName: Type.Optional(DisplayName),
  plan: Type.Optional(Slug),
  brand: Type.Optional(Slug),
  region: Type.Optional(Slug),
  journal: Type.Optional(Slug),
  status: Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('closed')]),
  labels: Labels,
  createdAt: Type.String(),
}

export const tenantDetail = { ...tenantFields, ...stamp }

export const tenantPath = Type.Object({ tenant: NameOrId }, { additionalProperties: false })

export const OwnerInvitation = Type.Object(
  {
    email: Type.String(),
    invitation: Type.Optional(Type.String({ description: 'Left out of a dry run.' })),
    expiresAt: Type.String(),
  },
  { additionalProperties: false },
)
