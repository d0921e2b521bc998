// If-Match is honoured everywhere: no write, however it is made, passes over a version that it was not meant for. From the registry: a new route is in here.
import { type Operation, operations } from '@konfig/api'
import { describe, expect, it } from 'vitest'
import { ask } from '../harness/client.ts'
import { exampleOf, rightCaller } from '../harness/example.ts'
import { onEachBackend } from '../harness/suite.ts'
import type { World } from '../harness/world.ts'

const writing = operations
  .filter(({ writes }) => writes === true)
  .map((operation) => [operation.route, operation] as const)

const heads = (world: World): string => {
  const { [world.acme.access]: _own, [world.app.platformAccess]: _platform, ...rest } = world.heads()
  return JSON.stringify(rest)
}

onEachBackend((shared) => {
  describe.each(writing)('%s', (_route, operation: Operation) => {
    it('does not write what was meant for another version', async () => {
      const world = shared()
      const asked = await exampleOf(world, operation)
      const credential = await rightCaller(world, operation)
      const before = heads(world)
      const headers = { 'if-match': '"7f1d9a52-0c3e-4b7a-9a55-1f2e3d4c5b6a.1"' }
      const reply = await ask(world, { ...asked, credential, headers })
      // 400 where a route writes more than one resource and has a precondition of its own in its body.
      expect(`${reply.status} ${[400, 412].includes(reply.status) ? '' : reply.text}`).toMatch(/^4(00|12) $/)
      expect(heads(world)).toBe(before)
    })
  })
})
