// What a fault is: what it needs of a place, and how it strikes and is taken back. Each has a file of its own; list.ts names them all.
import { setTimeout as wait } from 'node:timers/promises'
import type { Place } from '../places/place.ts'
import type { Random } from '../random.ts'
import type { Node } from '../workload/node.ts'

export interface Scene {
  readonly place: Place
  readonly nodes: readonly Node[]
  readonly random: Random
  /** Longest time that a fault lasts. */
  readonly longestMillis: number
}

export type Standing =
  | { readonly is: 'possible' }
  /** There is nothing that it could befall: no database server, no network. */
  | { readonly is: 'meaningless' }
  /** It could, and this machine does not give what it needs: it was not run, which is not to have passed. */
  | { readonly is: 'missing'; readonly why: string }

export interface Fault {
  readonly name: string
  /** Faults of nodes and faults of what they stand on strike at the same time. */
  readonly lane: 'nodes' | 'store'
  /** Healing takes long: where each strikes once, it comes after the others, so that they have had their time. */
  readonly slow?: boolean
  readonly standing: (place: Place) => Standing
  /** Ends when the fault is over; healing what it broke is the caller's. */
  readonly strike: (scene: Scene) => Promise<void>
}

export const possible: Standing = { is: 'possible' }
export const meaningless: Standing = { is: 'meaningless' }

/** For as long as chance wants. */
export const aWhile = ({ random, longestMillis }: Scene, least = 0.2): Promise<void> =>
  wait(random.between(Math.round(longestMillis * least), longestMillis))

/** Whoever listens at the moment; the first where nobody does. */
export const anyNode = ({ nodes, random }: Scene): Node => {
  const listening = nodes.filter((node) => node.life() !== undefined)
  return random.pick(listening.length === 0 ? nodes : listening)
}
