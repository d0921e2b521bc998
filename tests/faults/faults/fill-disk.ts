// The disk is full to the last byte, then there is room again.
import { aWhile, type Fault, possible } from './fault.ts'

export const fillDisk: Fault = {
  name: 'full disk',
  lane: 'store',
  standing: ({ disk }) =>
    disk === undefined ? { is: 'missing', why: 'this user may not mount a small disk' } : possible,
  strike: async (scene) => {
    scene.place.disk?.fill()
    await aWhile(scene, 0.5)
    scene.place.disk?.free()
  },
}
