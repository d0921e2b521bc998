// Where nodes run in a fault run, and what can be done to it. Each backend makes one; faults ask what there is.
import type { Proxy } from '../../servers/proxy.ts'
import type { Machine } from '../machine/machine.ts'
import type { SmallDisk } from '../machine/small-disk.ts'
import type { Fault } from '../faults/fault.ts'
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
  /** How each node finds it. */
  readonly optionsOf: (node: number) => Options
  /** The journal, of those that they know by name, that the clients' tenant is in. */
  readonly journal?: string
  /** Each node is several workers. */
  readonly workers?: boolean
  /** How many nodes may share it. */
  readonly nodes: number
  /** What the nodes run on. */
  readonly nodeMachine: Machine
  /** What the data is made durable by: the nodes' machine where they do it themselves. Absent where it is none that can be made unsound. */
  readonly diskMachine?: Machine
  /** Where the data lies; `not mounted` where that needs a right that this user does not have. Absent where it is nothing to fill. */
  readonly disk?: SmallDisk | 'not mounted'
  readonly database?: Database
  /** Between the nodes and the database. */
  readonly proxy?: Proxy
  /** Faults that only this place has. */
  readonly own?: readonly Fault[]
  /** Brings back what those took away. */
  readonly heal?: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** The same URL, by way of the proxy. */
export const through = (url: string, { port }: Pick<Proxy, 'port'>): string => {
  const passed = new URL(url)
  passed.port = String(port)
  return passed.href
}

/** The same URL, on these ports of this machine. */
export const throughAll = (url: string, ports: readonly number[]): string =>
  url.replace(/127\.0\.0\.1:\d+/, ports.map((port) => `127.0.0.1:${port}`).join(','))
