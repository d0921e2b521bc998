// A tenant's own resource: plan, brand, region, status. It lies in the tenant's log and only the platform writes it.
import Type from 'typebox'
import { closed, DisplayName, kind, Slug } from './kind.ts'

export const TenantStatus = Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('closed')])

export const tenant = kind({
  kind: 'tenant',
  group: 'governance',
  sides: ['tenant'],
  permission: 'platform:write',
  body: Type.Object(
    {
      displayName: Type.Optional(DisplayName),
      plan: Type.Optional(Slug),
      brand: Type.Optional(Slug),
      region: Type.Optional(Slug),
      status: TenantStatus,
    },
    closed,
  ),
})
