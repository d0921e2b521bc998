// Every fsync fails with EIO for a while.
import { aWhile, type Fault, possible } from './fault.ts'

export const failSyncs: Fault = {
  name: 'fsync errors',
  lane: 'store',
  standing: ({ diskMachine }) =>
    diskMachine === undefined
      ? { is: 'missing', why: 'the database cannot be started on an unsound machine' }
      : possible,
  strike: async (scene) => {
    scene.place.diskMachine?.failSyncs(true)
    await aWhile(scene)
    scene.place.diskMachine?.failSyncs(false)
  },
}
