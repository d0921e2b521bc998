// Runs the same rules on every backend, each rule in a world of its own or all of a group in one.
import { afterAll, beforeAll, describe } from 'vitest'
import { type Backend, backends } from './place.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

/** All rules of the group share a world, which they may change: each looks after its own names. */
export const onEachBackend = (
  rules: (world: () => World, backend: Backend) => void,
  options: WorldOptions = {},
): void => {
  describe.each(backends)('on %s', (backend) => {
    let world: World | undefined
    beforeAll(async () => {
      world = await openWorld({ backend, ...options })
    })
    afterAll(async () => {
      await world?.close()
    })
    rules(() => world as World, backend)
  })
}
