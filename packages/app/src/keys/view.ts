// How the keys of a tenant's two logs look from outside: which versions there are, never the keys.
import { failure, KonfigError, type LogId } from '@konfig/core'
import type { App } from '../app.ts'

/** Each log of a tenant has a key of its own: erasing one does not end the other. */
export type KeyLog = 'config' | 'access'
export const keyLogs: readonly KeyLog[] = ['config', 'access']

export type LogsOf = { readonly [log in KeyLog]: LogId }

export interface KeyView {
  readonly log: KeyLog
  readonly version: number
  readonly createdAt: string
  /** New commits are sealed with it; the others are there to read older ones. */
  readonly newest: boolean
}

/** The versions of one log's key, newest first. Rejects with `log_erased`. */
export const keyViews = async (app: App, log: KeyLog, id: LogId): Promise<readonly KeyView[]> => {
  const versions = await app.rings.versions(id)
  if (versions === undefined || versions === 'destroyed') throw new KonfigError(failure('log_erased'))
  return versions
    .map(({ version, createdAt }, at) => ({
      log,
      version,
      createdAt: new Date(createdAt).toISOString(),
      newest: at === versions.length - 1,
    }))
    .toReversed()
}
