// kill -9 of a node, and its next start a moment later.
import { aWhile, anyNode, type Fault, possible } from './fault.ts'

export const killNode: Fault = {
  name: 'kill -9 of a node',
  lane: 'nodes',
  standing: () => possible,
  strike: async (scene) => {
    await anyNode(scene).end('SIGKILL')
    await aWhile(scene, 0)
  },
}
