// All connections to the database break at once, and for a while none is taken.
import { aWhile, type Fault, meaningless, possible } from './fault.ts'

export const cutConnections: Fault = {
  name: 'cut connections',
  lane: 'store',
  standing: ({ proxy }) => (proxy === undefined ? meaningless : possible),
  strike: async (scene) => {
    const { proxy } = scene.place
    if (scene.random.chance(0.5)) proxy?.refuse(true)
    proxy?.drop()
    await aWhile(scene, 0)
    proxy?.refuse(false)
  },
}
