// The database server takes connections and answers nothing for a while.
import { aWhile, type Fault, meaningless, possible } from './fault.ts'

export const freezeDatabase: Fault = {
  name: 'freeze of the database',
  lane: 'store',
  standing: ({ database }) => (database === undefined ? meaningless : possible),
  strike: async (scene) => {
    const thaw = scene.place.database?.freeze()
    await aWhile(scene)
    thaw?.()
  },
}
