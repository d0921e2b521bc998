// The database server is stopped as an operator would, and started again.
import { aWhile, type Fault, meaningless, possible } from './fault.ts'

export const stopDatabase: Fault = {
  name: 'stop of the database',
  lane: 'store',
  standing: ({ database }) => (database === undefined ? meaningless : possible),
  strike: async (scene) => {
    await scene.place.database?.stop()
    await aWhile(scene)
    await scene.place.database?.start()
  },
}
