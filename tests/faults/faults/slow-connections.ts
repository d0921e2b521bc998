// Everything between nodes and database takes much longer.
import { aWhile, type Fault, meaningless, possible } from './fault.ts'

export const slowConnections: Fault = {
  name: 'slow connections',
  lane: 'store',
  standing: ({ proxy }) => (proxy === undefined ? meaningless : possible),
  strike: async (scene) => {
    scene.place.proxy?.slow(scene.random.between(20, 400))
    await aWhile(scene)
    scene.place.proxy?.slow(0)
  },
}
