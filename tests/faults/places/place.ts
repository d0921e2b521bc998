// Where nodes run in a fault run, and what can be done to it. Each backend makes one; faults ask what there is.
import type { Proxy } from '../../servers/proxy.ts'
import type { Machine } from '../machine/machine.ts'
import type { SmallDisk } from '../machine/small-disk.ts'
import type { Options } from '../workload/node.ts'

/** A database server that is not part of a node. */
export interface Database {
  /** As an operator would. */
  readonly stop: () => Promise<void>
  readonly crash: () => Promise<void>
  readonly start: () => Promise<void>
  /** Answers how to let it go on. */
  readonly freeze: () => () => void
  /** Whether it answers. */
  readonly answers: () => Promise<boolean>
}

export interface Place {
  readonly backend: string
  /** How a node finds it. */
  readonly options: Options
  /** How many nodes may share it. */
  readonly nodes: number
  /** What the nodes run on. */
  readonly nodeMachine: Machine
  /** What the data is made durable by: the nodes' machine where they do it themselves; undefined where that cannot be made unsound. */
  readonly diskMachine: Machine | undefined
  /** Where the data lies; undefined where nothing could be mounted. */
  readonly disk: SmallDisk | undefined
  readonly database?: Database
  /** Between the nodes and the database. */
  readonly proxy?: Proxy
  /** Faults that only this place has. */
  readonly members?: Members
  readonly remove: () => Promise<void>
}

/** The servers of a cluster, by number. */
export interface Members {
  readonly count: number
  readonly kill: (member: number) => Promise<void>
  /** Brings back whoever is away. */
  readonly restore: () => Promise<void>
  /** Nobody is left to decide; answers how to end that. */
  readonly loseQuorum: () => Promise<() => Promise<void>>
  readonly restartAll: () => Promise<void>
}

/** The same URL, by way of the proxy. */
export const through = (url: string, { port }: Pick<Proxy, 'port'>): string => {
  const passed = new URL(url)
  passed.port = String(port)
  return passed.href
}
