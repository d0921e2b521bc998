// A backend as the server opens it: what an adapter is given, and finding it by the name that an option has for it. Loads no driver by itself.
import type { OpenStore } from '@konfig/app'
import type { Clock, Journal, Records } from '@konfig/journal'
import type { ServerLog } from '../log/server-log.ts'
import type { Options } from '../options.ts'
import { StartError } from '../start-error.ts'

export interface Storage {
  readonly journal: Journal
  readonly records: Records
  /** Journals beside that one, by name. */
  readonly elsewhere?: ReadonlyMap<string, OpenStore>
  /** Leaves nothing of what was deleted in the files, where the backend has files of its own. */
  readonly compact?: () => Promise<void>
}

/** What an adapter may need besides its place. */
export interface Opening {
  /** The place as the one who may change tables, where that is another. */
  readonly migrate: string | undefined
  readonly log: ServerLog
}

/** Opens a backend at a place. Loaded only when it is named. */
export type Adapter = (location: string, clock: Clock, opening: Opening) => Promise<Storage>
export type Adapters = { readonly [name: string]: () => Promise<Adapter> }

/** Throws `StartError` where no backend is named so. */
export const openPlace = async (
  { adapter, location, migrate }: Options['journal'],
  adapters: Adapters,
  log: ServerLog,
): Promise<Storage> => {
  const load = Object.hasOwn(adapters, adapter) ? adapters[adapter] : undefined
  if (load === undefined)
    throw new StartError(
      `KONFIG_JOURNAL names no backend of this server; there are ${Object.keys(adapters).join(', ')}.`,
    )
  const open = await load()
  return open(location, { now: Date.now }, { migrate, log })
}
