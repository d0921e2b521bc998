// Opens the keys of all logs once, at leisure, so that they are kept should the key store go away later. Changes nothing.
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../app.ts'

/** One key after another, so far apart: a store far away shall not notice it. */
const apartMillis = 50

/** Ends with the signal. A key that cannot be opened is passed over: whoever needs it is told. */
export const warmKeys = async (app: App, signal: AbortSignal, apart = apartMillis): Promise<void> => {
  for await (const { log } of app.rings.every()) {
    if (signal.aborted) return
    if (app.keyStore.away() === undefined) await app.rings.load(log).catch(() => undefined)
    await pause(apart, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
