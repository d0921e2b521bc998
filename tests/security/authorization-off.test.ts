// The probes themselves under test: with authorisation switched off, the probe of every guarded route must notice.
import { type Operation, operations } from '@konfig/api'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { wrongCaller } from '../harness/example.ts'
import { withoutPermission } from '../harness/probe.ts'
import { openWorld, type World } from '../harness/world.ts'

vi.mock('../../packages/core/src/access/grant.ts', async (original) => ({
  ...(await original<object>()),
  allows: () => true,
}))

const guarded = operations
  .filter(({ guard }) => guard !== 'public' && guard !== 'signed-in')
  .map((operation) => [operation.route, operation] as const)

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
})

describe('with authorisation switched off', () => {
  it.each(guarded)('%s is noticed as open', async (_route, operation: Operation) => {
    expect(await wrongCaller(world, operation)).toBeDefined()
    expect(await withoutPermission(world, operation)).not.toEqual([])
  })
})
