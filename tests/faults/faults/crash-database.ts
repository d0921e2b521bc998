// kill -9 of the database server.
import { aWhile, type Fault, meaningless, possible } from './fault.ts'

export const crashDatabase: Fault = {
  name: 'kill -9 of the database',
  lane: 'store',
  standing: ({ database }) => (database === undefined ? meaningless : possible),
  strike: async (scene) => {
    await scene.place.database?.crash()
    await aWhile(scene, 0)
    await scene.place.database?.start()
  },
}
