// Saves what is held, now and then, and never twice at a time. Owns when; a store that fails is told once and tried again with the next change.
import type { Store } from './store.ts'

export interface Keeper {
  /** Something changed: it is saved soon. */
  readonly note: () => void
  /** Everything noted so far is saved, or has failed. */
  readonly flush: () => Promise<void>
}

export const openKeeper = (
  store: Store,
  text: () => string,
  later: (then: () => void) => () => void,
  failed: (reason: unknown) => void,
): Keeper => {
  let noted = false
  let told = false
  let callOff: (() => void) | undefined
  let saving: Promise<void> | undefined

  const save = async (): Promise<void> => {
    while (noted) {
      noted = false
      try {
        await store.save(text())
        told = false
      } catch (reason) {
        if (!told) failed(reason)
        told = true
      }
    }
    saving = undefined
  }
  const begin = (): Promise<void> => {
    callOff?.()
    callOff = undefined
    saving ??= save()
    return saving
  }

  return {
    note: () => {
      noted = true
      callOff ??= later(() => {
        callOff = undefined
        void begin()
      })
    },
    flush: begin,
  }
}
