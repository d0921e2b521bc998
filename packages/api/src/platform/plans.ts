// Plans: subscription tiers, each with limits and a layer of overrides.
import { PlanLimits } from '@konfig/core'
import Type from 'typebox'
import { layerOperations } from './layers.ts'
import { DisplayName, Text } from './shapes.ts'

export const planOperations = layerOperations({
  kind: 'plan',
  collection: '/platform/plans',
  plural: 'plans',
  body: {
    displayName: Type.Optional(DisplayName),
    description: Type.Optional(Text),
    limits: Type.Optional(PlanLimits),
  },
  existing: 'premium',
  sample: { displayName: 'Premium', limits: { requestsPerMinute: 10_000, members: null } },
})
