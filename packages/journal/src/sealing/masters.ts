// The master keys that a process holds, and which of them wraps what is wrapped anew: the one that the installation's own record says.
// Promise: between two master keys, whatever is wrapped can be opened by who holds both, at every moment of a rewrap.
import { failure, KonfigError } from '@konfig/core'
import type { MasterKey, Masters } from './face.ts'
import type { Keeper } from './keeper.ts'
import type { KeyStore } from './key-store.ts'

/** One that is to be replaced; opened only when something is met that is still wrapped under it. */
export type PreviousMaster = () => Promise<MasterKey>

export const masterMissing = (what: string, id: string): KonfigError =>
  new KonfigError(failure('master_key_missing', { what, id }))

/** What a process keeps of what its key store has opened, and whether it is known to be away. */
export interface Keeping {
  readonly keeper: Keeper
  readonly keyStore: KeyStore
}

const isAway = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'unavailable'

const isWrong = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'key_wrong'

/** `wrapping` answers the id of the master key that is in force for what is wrapped anew. */
export const openMasters = (
  current: MasterKey,
  previous: PreviousMaster | undefined,
  wrapping: () => Promise<string>,
  keeping?: Keeping,
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

  const ask = async (what: string, wrapped: Uint8Array, id: string | undefined): Promise<Uint8Array> => {
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

    forget: (what) => keeping?.keeper.forget(what),

    unwrap: async (what, wrapped, id) => {
      const kept = (): Uint8Array | undefined => keeping?.keeper.get(what, wrapped)
      const away = keeping?.keyStore.away()
      // Nobody waits for a store that is known to be away. One that refuses this node is asked: it may have been told to.
      const known = away === undefined || away.refuses ? undefined : kept()
      if (known !== undefined) return known
      try {
        const plain = await ask(what, wrapped, id)
        keeping?.keeper.keep(what, wrapped, plain)
        return plain
      } catch (reason) {
        const held = isAway(reason) ? kept() : undefined
        if (held === undefined) throw reason
        return held
      }
    },
  }
}

/** For who holds one master key alone and has no record yet. */
export const oneMaster = (master: MasterKey): Masters =>
  openMasters(master, undefined, () => Promise.resolve(master.id))
