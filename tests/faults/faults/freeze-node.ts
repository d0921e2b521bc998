// A node stands still and goes on where it was, as on a machine that was suspended.
import { aWhile, anyNode, type Fault, possible } from './fault.ts'

export const freezeNode: Fault = {
  name: 'freeze of a node',
  lane: 'nodes',
  standing: () => possible,
  strike: async (scene) => {
    const thaw = anyNode(scene).freeze()
    await aWhile(scene)
    thaw()
  },
}
