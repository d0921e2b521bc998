// Both contract suites on what one server or a cluster of them offers, each opening through a proxy of its own that can lose an answer.
// Knows no server: how one is opened, emptied and frozen, and what a write looks like on the wire, is the adapter's.
import type { Millis } from '@konfig/core'
import type { Clock, Opened } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import { afterAll, beforeAll } from 'vitest'
import { cutFirst, inRotation, openProxy, type Proxy } from './proxy.ts'

/** A database, and the ports of all servers that offer it: each opening begins with another one. */
export interface Offered {
  readonly database: {
    /** As the role that the application works as. */
    readonly url: string
    /** As the role that makes the tables. */
    readonly migrateUrl: string
  }
  readonly ports: readonly number[]
  readonly remove: () => Promise<void>
}

interface Subject {
  readonly open: (options: {
    readonly url: string
    readonly migrateUrl: string
    readonly clock: Clock
    readonly patience: Millis
  }) => Promise<Opened>
  readonly reset: (offered: Offered) => Promise<void>
  /** Answers how to let it go on. */
  readonly freeze: (offered: Offered) => Promise<() => Promise<void>>
  /** A request that writes: the first after the lever was pulled loses its answer. */
  readonly writes: (bytes: Buffer) => boolean
}

export const contractsThroughProxies = (
  name: string,
  offer: () => Promise<Offered>,
  { open, reset, freeze, writes }: Subject,
): void => {
  let offered: Offered
  let proxies: readonly Proxy[] = []
  let nextUrl = (): string => ''

  const opened = (clock: Clock, patience = 30_000): Promise<Opened> =>
    open({ url: nextUrl(), migrateUrl: offered.database.migrateUrl, clock, patience })

  beforeAll(async () => {
    offered = await offer()
    proxies = await Promise.all(offered.ports.map(openProxy))
    nextUrl = inRotation(offered.database.url, proxies)
    await (await opened({ now: Date.now })).journal.close()
  })
  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy.close()))
    await offered.remove()
  })

  const levers = {
    reset: () => reset(offered),
    freeze: () => freeze(offered),
    cut: async () => cutFirst(proxies, writes),
  }
  journalContract(name, { ...levers, open: async (patience) => (await opened({ now: Date.now }, patience)).journal })
  recordsContract(name, { ...levers, open: async (clock, patience) => (await opened(clock, patience)).records })
}
