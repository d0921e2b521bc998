// A node is told to stop, as in a rolling restart.
import { anyNode, type Fault, possible } from './fault.ts'

export const restartNode: Fault = {
  name: 'restart of a node',
  lane: 'nodes',
  standing: () => possible,
  strike: async (scene) => {
    await anyNode(scene).end('SIGTERM')
  },
}
