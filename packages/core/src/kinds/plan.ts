// A plan is a subscription tier: limits and a layer of overrides. Null is no limit; what is left out has the installation's default.
import Type from 'typebox'
import { closed, DisplayName, kind, Text } from './kind.ts'
import { layerInUse } from './layer.ts'

const Limit = Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 1e15 }), Type.Null()]))

/** 0 is for ever, as null is. */
const Days = Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 36_500 }), Type.Null()]))

export const PlanLimits = Type.Object(
  {
    requestsPerMinute: Limit,
    requestsPerMonth: Limit,
    members: Limit,
    keys: Limit,
    storageBytes: Limit,
    streams: Limit,
    /** How long entries of the access log are kept. */
    accessLogDays: Days,
  },
  closed,
)

export const plan = kind({
  kind: 'plan',
  group: 'governance',
  sides: ['platform'],
  permission: 'platform:write',
  body: Type.Object(
    { displayName: Type.Optional(DisplayName), description: Type.Optional(Text), limits: Type.Optional(PlanLimits) },
    closed,
  ),
  check: layerInUse,
})
