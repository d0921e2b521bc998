// The master keys that a process holds, and which of them wraps what is wrapped anew: the one that the installation's own record says.
// Promise: between two master keys, whatever is wrapped can be opened by who holds both, at every moment of a rewrap.
import { failure, KonfigError } from '@konfig/core'
import type { MasterKey, Masters } from './face.ts'

/** One that is to be replaced; opened only when something is met that is still wrapped under it. */
export type PreviousMaster = () => Promise<MasterKey>

export const masterMissing = (what: string, id: string): KonfigError =>
  new KonfigError(failure('master_key_missing', { what, id }))

const isWrong = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'key_wrong'

/** `wrapping` answers the id of the master key that is in force for what is wrapped anew. */
export const openMasters = (
  current: MasterKey,
  previous: PreviousMaster | undefined,
  wrapping: () => Promise<string>,
): Masters => {
  let opened: Promise<MasterKey> | undefined

  const openPrevious = (): Promise<MasterKey | undefined> => {
    if (previous === undefined) return Promise.resolve(undefined)
    if (opened === undefined) {
      const opening = previous()
      opened = opening
      opening.catch(() => {
        if (opened === opening) opened = undefined
      })
    }
    return opened
  }

  const find = async (id: string): Promise<MasterKey | undefined> => {
    if (current.id === id) return current
    const other = await openPrevious()
    return other?.id === id ? other : undefined
  }

  return {
    current,
    find,

    wrapping: async (what) => {
      const id = await wrapping()
      const found = await find(id)
      if (found === undefined) throw masterMissing(what, id)
      return found
    },

    unwrap: async (what, wrapped, id) => {
      if (id !== undefined) {
        const found = await find(id)
        if (found === undefined) throw masterMissing(what, id)
        return found.unwrap(wrapped)
      }
      // Wrapped before ids were kept beside it.
      try {
        return await current.unwrap(wrapped)
      } catch (reason) {
        const other = isWrong(reason) ? await openPrevious() : undefined
        if (other === undefined) throw reason
        return other.unwrap(wrapped)
      }
    },
  }
}

/** For who holds one master key alone and has no record yet. */
export const oneMaster = (master: MasterKey): Masters =>
  openMasters(master, undefined, () => Promise.resolve(master.id))
