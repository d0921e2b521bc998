// The one map of what options can name: storage backends and key stores. Each is loaded only when it is named; one that is away at the start
// is waited for. Owns nothing else.
import type { MasterKey } from '@konfig/journal'
import type { KeyStores } from './keys/find.ts'
import type { ServerLog } from './log/server-log.ts'
import { StartError } from './start-error.ts'
import type { Adapters, Parts } from './start.ts'
import { openWhenThere } from './storage/wait.ts'

export interface Outside {
  readonly log: ServerLog
  /** Says something to people at the terminal. */
  readonly complain: (text: string) => void
  /** Ends all waiting. */
  readonly signal: AbortSignal
}

const adaptersOf = ({ complain, signal }: Outside): Adapters => ({
  sqlite: async () => {
    const { openSqlite } = await import('@konfig/journal-sqlite')
    return (path, clock) => openSqlite({ path, clock })
  },
  postgres: async () => {
    const { CannotOpen, openPostgres } = await import('@konfig/journal-postgres')
    return async (url, clock, { migrate, log }) => {
      const open = () =>
        openPostgres({ url, migrateUrl: migrate, clock }).catch((reason: unknown) => {
          throw reason instanceof CannotOpen ? new StartError(reason.message, { cause: reason }) : reason
        })
      const what = `PostgreSQL at ${new URL(url).host}`
      const opened = await openWhenThere(open, { what, log, complain, signal })
      for (const warning of opened.warnings) complain(`warning: ${warning}.`)
      return opened
    }
  },
})

const keyStoresOf = (outside: Outside): KeyStores => {
  const waited = (what: string, open: () => Promise<MasterKey>): Promise<MasterKey> =>
    openWhenThere(open, { what, ...outside })
  return {
    vault: async ({ location, access, namespace }) => {
      const { readLocation, vaultMasterKey } = await import('@konfig/keys-vault')
      const place = readLocation(location)
      if (place === undefined)
        throw new StartError(
          'KONFIG_MASTER_VAULT must read https://vault.example.com:8200/transit/konfig: the address, the mount of the transit engine, the name of the key. Plain http is for this machine alone.',
        )
      return waited(`The key store at ${new URL(location).host}`, () =>
        vaultMasterKey({ location: place, access, namespace }),
      )
    },
    kms: async ({ key }) => {
      const { kmsMasterKey } = await import('@konfig/keys-aws')
      return waited('AWS KMS', () => kmsMasterKey({ key }))
    },
  }
}

export const partsOf = (outside: Outside): Parts => ({ adapters: adaptersOf(outside), keyStores: keyStoresOf(outside) })
