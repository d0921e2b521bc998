// The disk is full to the last byte, then there is room again.
import { aWhile, type Fault, meaningless, possible } from './fault.ts'

export const fillDisk: Fault = {
  name: 'full disk',
  lane: 'store',
  standing: ({ disk }) => {
    if (disk === undefined) return meaningless
    return disk === 'not mounted' ? { is: 'missing', why: 'this user may not mount a small disk' } : possible
  },
  strike: async (scene) => {
    const { disk } = scene.place
    if (typeof disk !== 'object') return
    disk.fill()
    await aWhile(scene, 0.5)
    disk.free()
  },
}
