// What a program that is killed by its tests says of what was acknowledged. Knows nothing of what that is.
import { writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Straight to the pipe: what was printed was acknowledged before a kill. A reader that is busy is waited for. */
export const say = async (text: string): Promise<void> => {
  for (let left = Buffer.from(text); left.length > 0; )
    try {
      left = left.subarray(writeSync(1, left))
    } catch (reason) {
      if (!(reason instanceof Error && 'code' in reason && reason.code === 'EAGAIN')) throw reason
      await wait(5)
    }
}
