// The clock of all nodes jumps, forth or back, and jumps again when it is put right. By less than a day, for which Idempotency-Keys hold.
import { aWhile, type Fault, possible } from './fault.ts'

const hour = 3_600_000
const jumps = [-12 * hour, -hour, -90_000, -2000, 2000, 90_000, hour, 12 * hour]

export const jumpClock: Fault = {
  name: 'jump of the clock',
  lane: 'nodes',
  standing: () => possible,
  strike: async (scene) => {
    scene.place.nodeMachine.moveClock(scene.random.pick(jumps))
    await aWhile(scene)
    scene.place.nodeMachine.moveClock(0)
  },
}
