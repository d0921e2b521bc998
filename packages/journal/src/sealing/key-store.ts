// Watches the key store behind a master key: since when it is away or refuses this node, as its answers and a probe say. Owns no rule of what follows.
import { randomBytes } from 'node:crypto'
import { KonfigError, type Millis } from '@konfig/core'
import type { Clock } from '../journal.ts'
import type { MasterKey } from './face.ts'

export interface KeyStore {
  /** Undefined while it answers. */
  readonly away: () => { readonly since: Millis; readonly refuses: boolean } | undefined
  /** Asks it for something small, so that it is noticed without anybody who waits. Never rejects. */
  readonly probe: () => Promise<void>
}

/** Of master keys that live in this process: never away. */
export const localKeyStore: KeyStore = { away: () => undefined, probe: () => Promise.resolve() }

/** Asks the store once, for what the probe then asks about. Rejects as it does. */
export const watchMaster = async (
  master: MasterKey,
  clock: Clock,
): Promise<{ readonly master: MasterKey; readonly keyStore: KeyStore }> => {
  let away: ReturnType<KeyStore['away']>

  const watched = async <T>(asking: Promise<T>): Promise<T> => {
    try {
      const answer = await asking
      away = undefined
      return answer
    } catch (reason) {
      const code = reason instanceof KonfigError ? reason.failure.code : undefined
      if (code === 'unavailable' || code === 'key_store_refuses')
        away = { since: away?.since ?? clock.now(), refuses: code === 'key_store_refuses' }
      // Whatever else it says, it answers.
      else if (code === 'key_wrong') away = undefined
      throw reason
    }
  }

  const probe = await master.wrap(randomBytes(32))
  return {
    master: {
      id: master.id,
      wrap: (plain) => watched(master.wrap(plain)),
      unwrap: (wrapped) => watched(master.unwrap(wrapped)),
    },
    keyStore: {
      away: () => away,
      probe: () =>
        watched(master.unwrap(probe)).then(
          () => undefined,
          () => undefined,
        ),
    },
  }
}
