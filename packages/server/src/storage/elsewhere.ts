// Opens the journals beside the main one, each while the others serve. Owns trying again; what cannot be opened is told and holds up nobody else.
import { setTimeout as pause } from 'node:timers/promises'
import type { OpenStore } from '@konfig/app'
import { factsOf, type ServerLog } from '../log/server-log.ts'
import type { Options } from '../options.ts'
import { StartError } from '../start-error.ts'
import { type Adapters, openPlace, type Storage } from './open.ts'
import { Stopped } from './wait.ts'

export interface Elsewhere {
  readonly stores: ReadonlyMap<string, OpenStore>
  /** Ends all trying, and closes what was opened. */
  readonly close: () => Promise<void>
}

export interface ElsewhereOptions {
  readonly adapters: Adapters
  readonly log: ServerLog
  readonly complain: (text: string) => void
  /** Once more after so long where a person must put something right; a store that is only away is waited for by its adapter. */
  readonly again: number | undefined
}

/** Adapters speak of the option of the main journal. */
const asNamed = (reason: unknown): unknown =>
  reason instanceof StartError
    ? new StartError(reason.message.replace(/KONFIG_JOURNAL(?!S)/g, 'KONFIG_JOURNALS'), { cause: reason.cause })
    : reason

/** Throws `StartError` where no backend is named so. */
export const openElsewhere = (
  { journals }: Pick<Options, 'journals'>,
  { adapters, log, complain, again }: ElsewhereOptions,
): Elsewhere => {
  for (const [name, { adapter }] of journals)
    if (!Object.hasOwn(adapters, adapter))
      throw new StartError(
        `KONFIG_JOURNALS names no backend of this server for ${name}; there are ${Object.keys(adapters).join(', ')}.`,
      )
  const stopping = new AbortController()
  const opened = new Set<Storage>()
  const open = async (name: string, place: Options['journal']): Promise<Storage> => {
    for (let tries = 1; ; tries++) {
      try {
        const store = await openPlace(place, adapters, log)
        opened.add(store)
        if (tries > 1) complain(`journal ${name} is there.`)
        return store
      } catch (thrown) {
        const reason = asNamed(thrown)
        if (again === undefined || reason instanceof Stopped || stopping.signal.aborted) throw reason
        if (tries === 1)
          complain(
            `warning: journal ${name} cannot be opened: ${reason instanceof StartError ? reason.message : 'see the server log'} Its tenants get 503 until it can.`,
          )
        log.error('A journal cannot be opened', { journal: name, tries, ...factsOf(reason) })
        await pause(again, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)
        if (stopping.signal.aborted) throw new Stopped(`stopped while opening journal ${name}`)
      }
    }
  }
  return {
    stores: new Map(
      [...journals].map(([name, place]) => {
        let opening: Promise<Storage> | undefined
        return [name, () => (opening ??= open(name, place))]
      }),
    ),
    close: async () => {
      stopping.abort()
      for (const { records, journal } of opened) {
        await records.close()
        await journal.close()
      }
    },
  }
}
