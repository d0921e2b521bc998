// The master key that an installation is opened with, from where the options say. Makes one only for the embedded mode, and only before there is anything to open.
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { localMasterKey, type MasterKey, passphraseMasterKey, type PreviousMaster, type Records } from '@konfig/journal'
import { StartError } from '../start-error.ts'
import type { MasterSource } from './source.ts'

type From<Name extends MasterSource['from']> = Extract<MasterSource, { readonly from: Name }>

/** Key stores, each loaded only when it is named. Reject with `StartError`, `unavailable`, `key_store_refuses`. */
export interface KeyStores {
  readonly vault: (source: From<'vault'>) => Promise<MasterKey>
  readonly kms: (source: From<'kms'>) => Promise<MasterKey>
}

export interface FoundMaster {
  readonly master: MasterKey
  /** The file, where it was made just now. */
  readonly made: string | undefined
}

const exists = (path: string): Promise<boolean> =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  )

const readKeyFile = async (path: string): Promise<Uint8Array> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new StartError(`The master key file ${path} cannot be read.`)
  })
  const bytes = Buffer.from(text.trim(), 'base64')
  if (bytes.length !== 32) throw new StartError(`The master key file ${path} must hold 32 bytes in base64.`)
  return bytes
}

/** On the disk before anything is sealed with it: a key that a power cut takes would take all data with it. */
const makeKeyFile = async (path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600)
  await file.writeFile(`${randomBytes(32).toString('base64')}\n`)
  await file.sync()
  await file.close()
  const folder = await open(dirname(path), 'r')
  await folder.sync()
  await folder.close()
}

/** `database` is the file that the key would open, where the backend is a file. Throws `StartError`. */
export const findMaster = async (
  source: MasterSource,
  records: Records,
  database: { readonly path: string; readonly existed: boolean } | undefined,
  stores: KeyStores,
): Promise<FoundMaster> => {
  if (source.from === 'vault') return { master: await stores.vault(source), made: undefined }
  if (source.from === 'kms') return { master: await stores.kms(source), made: undefined }
  if (source.from === 'key') return { master: localMasterKey(source.key), made: undefined }
  if (source.from === 'passphrase')
    return { master: await passphraseMasterKey(records, source.passphrase), made: undefined }
  const there = await exists(source.path)
  if (!there && !source.make) throw new StartError(`The master key file ${source.path} does not exist.`)
  if (!there && database?.existed === true)
    throw new StartError(
      `The data in ${database.path} was sealed with a master key that is not at ${source.path}. Put that file back, or name another folder with DATA=, or KONFIG_DATA.`,
    )
  if (!there) await makeKeyFile(source.path)
  return { master: localMasterKey(await readKeyFile(source.path)), made: there ? undefined : source.path }
}

/** Opens the previous master key when something is met that is still wrapped under it; undefined where the options name none. */
export const previousFrom = (
  { previous }: { readonly previous: MasterSource | undefined },
  records: () => Promise<Records>,
  stores: KeyStores,
): PreviousMaster | undefined =>
  previous === undefined
    ? undefined
    : async () => (await findMaster(previous, await records(), undefined, stores)).master
