// An installation in some store, opened as the server opens it, for programs that work without HTTP (tests and benchmarks).
import { randomBytes, randomUUID } from 'node:crypto'
import { type App, openApp } from '@konfig/app'
import { type Journal, localMasterKey, type Records } from '@konfig/journal'
import { openSqlite } from '@konfig/journal-sqlite'

export const ports = {
  now: Date.now,
  newId: randomUUID,
  randomBytes: (count: number) => new Uint8Array(randomBytes(count)),
}
/** The key of every such installation; a server that is started on one is given it too. */
export const masterKey = new Uint8Array(32).fill(5)

export interface OpenInstallation {
  readonly app: App
  /** Closes the store too. */
  readonly close: () => Promise<void>
}

/** On SQLite. */
export const openInstallationIn = async (folder: string): Promise<OpenInstallation> =>
  openInstallationOn(await openSqlite({ path: `${folder}/konfig.db`, clock: ports }))

export const openInstallationOn = async ({
  journal,
  records,
}: {
  readonly journal: Journal
  readonly records: Records
}): Promise<OpenInstallation> => {
  const opened = await openApp({
    journal,
    records,
    master: localMasterKey(masterKey),
    ports,
    options: { registration: 'closed', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: 8e9,
    pastBytes: 1e8,
    onError: (reason) => {
      process.stderr.write(`${String(reason)}\n`)
    },
  })
  return {
    app: opened.app,
    close: async () => {
      await opened.close()
      await journal.close()
    },
  }
}
