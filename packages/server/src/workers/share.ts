// What one of several workers has of what the options give to the machine. Pure.
import type { Options } from '../options.ts'

/** Memory is shared out; all else each of them has whole. */
export const shareOf = (options: Options, workers: number): Options =>
  workers === 1
    ? options
    : {
        ...options,
        stateBytes: Math.floor(options.stateBytes / workers),
        pastBytes: Math.floor(options.pastBytes / workers),
        answerBytes: Math.floor(options.answerBytes / workers),
      }
