// The one map of what options can name: storage backends, key stores, and where nodes meet. Each is loaded only when it is named; one that is away at the start
// is waited for. Owns nothing else.
import { CannotOpen, type Clock, type MasterKey } from '@konfig/journal'
import type { KeyStores } from './keys/find.ts'
import type { ServerLog } from './log/server-log.ts'
import { StartError } from './start-error.ts'
import type { Parts } from './start.ts'
import type { Adapter, Adapters, Storage } from './storage/open.ts'
import { openWhenThere } from './storage/wait.ts'

export interface Outside {
  readonly log: ServerLog
  /** Says something to people at the terminal. */
  readonly complain: (text: string) => void
  /** Ends all waiting. */
  readonly signal: AbortSignal
}

/** Some URLs name several hosts, which is more than a URL may. */
const hostsOf = (url: string): string => {
  const hosts = /^[^:]+:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(url)?.[1] ?? ''
  // A region, unless it is asked for elsewhere.
  const endpoint = /^dynamodb:.*[?&]endpoint=https?(?::|%3a)(?:\/|%2f){2}([^&/%]*)/i.exec(url)?.[1]
  return endpoint === undefined ? hosts : `${hosts}, ${endpoint}`
}

/** How a database server is opened: waited for while it is away, and what a person must put right ends the start. */
const onServer =
  (
    kind: string,
    openAt: (at: {
      readonly url: string
      readonly migrateUrl: string | undefined
      readonly clock: Clock
    }) => Promise<Storage & { readonly warnings: readonly string[] }>,
    { complain, signal }: Outside,
  ): Adapter =>
  async (url, clock, { migrate, log }) => {
    const open = () =>
      openAt({ url, migrateUrl: migrate, clock }).catch((reason: unknown) => {
        throw reason instanceof CannotOpen ? new StartError(reason.message, { cause: reason }) : reason
      })
    const opened = await openWhenThere(open, { what: `${kind} at ${hostsOf(url)}`, log, complain, signal })
    for (const warning of opened.warnings) complain(`warning: ${warning}.`)
    return opened
  }

const adaptersOf = (outside: Outside): Adapters => ({
  sqlite: async () => {
    const { compactSqlite, openSqlite } = await import('@konfig/journal-sqlite')
    return async (path, clock) => ({ ...(await openSqlite({ path, clock })), compact: () => compactSqlite(path) })
  },
  dynamodb: async () => {
    const { openDynamodb } = await import('@konfig/journal-dynamodb')
    return onServer('DynamoDB', openDynamodb, outside)
  },
  mongodb: async () => {
    const { openMongodb } = await import('@konfig/journal-mongodb')
    return onServer('MongoDB', openMongodb, outside)
  },
  mysql: async () => {
    const { openMysql } = await import('@konfig/journal-mysql')
    return onServer('The database', openMysql, outside)
  },
  postgres: async () => {
    const { openPostgres } = await import('@konfig/journal-postgres')
    return onServer('PostgreSQL', openPostgres, outside)
  },
})

const keyStoresOf = (outside: Outside): KeyStores => {
  const waited = (what: string, open: () => Promise<MasterKey>): Promise<MasterKey> =>
    openWhenThere(open, { what, as: 'the key store', ...outside })
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

/** Nodes do without it while it is away; people are told once, and when it is back. */
const meetingOf =
  ({ log, complain }: Outside): NonNullable<Parts['meet']> =>
  async (url) => {
    const { openRedis } = await import('@konfig/nodes-redis')
    const what = `Redis at ${new URL(url).host}`
    return openRedis({
      url,
      away: (word) => {
        complain(`warning: ${what} does not answer (${word}). Until it does, nodes ask the journal every half second.`)
        log.warn('Redis is away', { what, reason: word })
      },
      there: () => {
        complain(`${what} is there.`)
        log.info('Redis is there', { what })
      },
    })
  }

export const partsOf = (outside: Outside): Parts => ({
  adapters: adaptersOf(outside),
  keyStores: keyStoresOf(outside),
  meet: meetingOf(outside),
  complain: outside.complain,
})
