// The plans that an installation begins with: data, to be changed or deleted like any other plan. `keys` counts API keys. Null is no limit.
import type { JsonObject } from '@konfig/core'

const gib = 1024 ** 3

const plan = (
  displayName: string,
  requestsPerMinute: number,
  requestsPerMonth: number | null,
  members: number | null,
  keys: number | null,
  storageBytes: number | null,
  streams: number | null,
  accessLogDays: number | null,
): JsonObject => ({
  displayName,
  limits: { requestsPerMinute, requestsPerMonth, members, keys, storageBytes, streams, accessLogDays },
})

export const defaultPlans: Readonly<Record<string, JsonObject>> = {
  free: plan('Free', 100, 10_000, 10, 10, gib, 5, 30),
  basic: plan('Basic', 300, 100_000, 100, 50, 10 * gib, 25, 90),
  standard: plan('Standard', 1_000, 1_000_000, 1_000, 200, 100 * gib, 100, 365),
  premium: plan('Premium', 10_000, 10_000_000, 10_000, 1_000, 1024 * gib, 1_000, 730),
  enterprise: plan('Enterprise', 100_000, null, 100_000, null, null, null, null),
}

export const defaultEnvironments: Readonly<Record<string, JsonObject>> = {
  dev: { displayName: 'Development', order: 1 },
  staging: { displayName: 'Staging', order: 2 },
  production: { displayName: 'Production', order: 3 },
}
