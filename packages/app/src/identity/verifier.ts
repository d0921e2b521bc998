// Verifiers: the index that finds an API key by the public part of its text, without loading any tenant.
// The truth about a key is its resource in the log; a verifier without it proves nothing.
import type { Millis } from '@konfig/core'
import type { SealedRecord } from '@konfig/journal'
import type { App } from '../app.ts'

export interface Verifier {
  /** The tenant's name; undefined for the platform's own keys. */
  readonly tenant: string | undefined
  /** The key's name in its log. */
  readonly name: string
  readonly hash: string
}

const collection = 'api-keys'
/** A verifier whose commit never came is gone after this long. */
const unconfirmedMillis: Millis = 3_600_000

export const readVerifier = (app: App, keyId: string): Promise<SealedRecord<Verifier> | undefined> =>
  app.records.get<Verifier>(collection, keyId)

/** False where the id is taken. Lasts an hour unless it is confirmed. */
export const writeVerifier = async (app: App, keyId: string, verifier: Verifier): Promise<boolean> =>
  (await app.records.put(collection, keyId, undefined, verifier, app.ports.now() + unconfirmedMillis)) !== undefined

/** Makes it stay, once its key is committed. May be repeated. */
export const confirmVerifier = async (app: App, keyId: string): Promise<void> => {
  const found = await readVerifier(app, keyId)
  if (found?.expiresAt !== undefined) await app.records.put(collection, keyId, found.version, found.value)
}

export const dropVerifier = async (app: App, keyId: string): Promise<void> => {
  const found = await readVerifier(app, keyId)
  if (found !== undefined) await app.records.delete(collection, keyId, found.version)
}
