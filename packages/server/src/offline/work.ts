// What work on a journal without a server needs: options, storage, master keys, and somebody to tell how far it is. Owns their opening.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import {
  type Clock,
  localMasterKey,
  type MasterFor,
  type MasterKey,
  type PreviousMaster,
  type Stretching,
} from '@konfig/journal'
import { findMaster, previousFrom } from '../keys/find.ts'
import type { MasterSource } from '../keys/source.ts'
import { openServerLog } from '../log/server-log.ts'
import { type Options, readOptions } from '../options.ts'
import { partsOf } from '../parts.ts'
import { StartError } from '../start-error.ts'
import { openElsewhere } from '../storage/elsewhere.ts'
import { openPlace, type Storage } from '../storage/open.ts'
import { type Parts, ports } from '../start.ts'

export interface Work {
  readonly options: Options
  readonly parts: Parts
  /** Opened when it is first needed; closed with the work. */
  readonly storage: () => Promise<Storage>
  /** Another place, as an option would name it. Throws `StartError`. */
  readonly placeAt: (url: string, migrate: string | undefined) => Options['journal']
  readonly clock: Clock
  readonly newId: () => string
  /** How far it is, in a few words; called often. */
  readonly progress: (text: string) => void
  readonly close: () => Promise<void>
}

export interface Outside {
  readonly env: { readonly [name: string]: string | undefined }
  readonly progress: (text: string) => void
  readonly complain: (text: string) => void
  readonly signal: AbortSignal
}

/** Throws `StartError` naming each option that cannot be used. */
export const openWork = ({ env, progress, complain, signal }: Outside): Work => {
  const read = readOptions(env)
  if (!read.ok) throw new StartError(`${read.problems.join('. ')}.`)
  const log = openServerLog('silent')
  const parts = partsOf({ log, complain, signal })
  const elsewhere = openElsewhere(read.options, { adapters: parts.adapters, log, complain, again: undefined })
  let opened: Promise<Storage> | undefined
  const open = async (): Promise<Storage> => ({
    ...(await openPlace(read.options.journal, parts.adapters, log)),
    elsewhere: elsewhere.stores,
  })
  return {
    options: read.options,
    parts,
    placeAt: (url, migrate) => {
      // Read where a journal beside the main one is, since nothing but the place is asked for.
      const named = readOptions({
        ...env,
        KONFIG_JOURNALS: `to=${url}`,
        KONFIG_JOURNALS_MIGRATE: migrate === undefined ? undefined : `to=${migrate}`,
      })
      const place = named.ok ? named.options.journals.get('to') : undefined
      if (place !== undefined) return place
      const problems = named.ok ? ['TO names no journal'] : named.problems
      throw new StartError(
        `${problems.join('. ').replaceAll('KONFIG_JOURNALS_MIGRATE', 'KONFIG_JOURNAL_MIGRATE').replaceAll('KONFIG_JOURNALS', 'TO')}.`,
      )
    },
    clock: ports,
    newId: ports.newId,
    progress,
    storage: () => (opened ??= open()),
    close: async () => {
      await elsewhere.close()
      const storage = await opened?.catch(() => undefined)
      await storage?.records.close()
      await storage?.journal.close()
    },
  }
}

/** Where SQLite is, and whether its file is there: opening it would make one. */
export const databaseFile = ({
  options: { journal },
}: Work): { readonly path: string; readonly existed: boolean } | undefined =>
  journal.adapter === 'sqlite' ? { path: journal.location, existed: existsSync(journal.location) } : undefined

/** The master key of an installation that is there; never makes one. */
export const presentMaster = async (work: Work): Promise<MasterKey> => {
  const file = databaseFile(work)
  if (file?.existed === false) throw new StartError(`There is no installation at ${file.path}.`)
  const { master } = work.options
  const source: MasterSource = master.from === 'file' ? { ...master, make: false } : master
  const { records } = await work.storage()
  return (await findMaster(source, records, file, work.parts.keyStores)).master
}

/** The master key that the present one takes over from, where the options name one; opened when it is needed. */
export const previousMaster = (work: Work): PreviousMaster | undefined =>
  previousFrom(work.options, async () => (await work.storage()).records, work.parts.keyStores)

const fileKey = async (path: string): Promise<MasterKey | undefined> => {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const bytes = Buffer.from(text?.trim() ?? '', 'base64')
  return bytes.length === 32 ? localMasterKey(bytes) : undefined
}

const keyFrom = async (
  source: MasterSource,
  work: Work,
  stretching: Stretching | undefined,
  fromPassphrase: (passphrase: string) => Promise<MasterKey>,
): Promise<MasterKey | undefined> => {
  switch (source.from) {
    case 'key':
      return localMasterKey(source.key)
    case 'file':
      return fileKey(source.path)
    case 'passphrase':
      return stretching === undefined ? undefined : fromPassphrase(source.passphrase)
    case 'vault':
      return work.parts.keyStores.vault(source)
    case 'kms':
      return work.parts.keyStores.kms(source)
  }
}

/** The master key that a backup was sealed with: the previous one where the options name one, else the present one. */
export const masterForArchive =
  (work: Work): MasterFor =>
  async (line, fromPassphrase) => {
    const { master, previous } = work.options
    const sources = previous === undefined ? [master] : [previous, master]
    for (const source of sources) {
      const key = await keyFrom(source, work, line.stretching, fromPassphrase)
      if (key?.id === line.master) return key
    }
    throw new StartError(
      'The backup was sealed with another master key. Name the one that the installation had then: KONFIG_PREVIOUS_MASTER_KEY_FILE, or another of the KONFIG_PREVIOUS_MASTER_ variables.',
    )
  }
