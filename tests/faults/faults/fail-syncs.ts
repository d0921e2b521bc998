// Every fsync fails with EIO for a while.
import { aWhile, type Fault, meaningless, possible } from './fault.ts'

export const failSyncs: Fault = {
  name: 'fsync errors',
  lane: 'store',
  standing: ({ diskMachine }) => (diskMachine === undefined ? meaningless : possible),
  strike: async (scene) => {
    scene.place.diskMachine?.failSyncs(true)
    await aWhile(scene)
    scene.place.diskMachine?.failSyncs(false)
  },
}
