// The sign of life of a node: one small record, given again and again while the node serves and taken back when it ends, so that whoever moves the
// installation knows that it is still used. Owns how long a sign counts; nothing that a node does depends on it.
import type { Millis } from '@konfig/core'
import type { SealedRecords } from '@konfig/journal'
import type { App } from '../app.ts'
import { everyRecord } from '../backup/source.ts'

const collection = 'nodes'

/** How often a node gives its sign. */
export const signMillis: Millis = 20_000
/** A node that was killed counts as running for so long after its last sign: three that failed to come. */
export const signCountsMillis: Millis = 60_000

interface Stored {
  /** For people: machine and process. */
  readonly name: string
}

export interface Sign {
  /** Rejects as the records do; the next one makes up for it. */
  readonly give: () => Promise<void>
  /** Takes it back: this node is no more. */
  readonly end: () => Promise<void>
}

export const openSign = ({ records, nodes, ports }: Pick<App, 'records' | 'nodes' | 'ports'>, name: string): Sign => {
  let last = Promise.resolve()
  let ended = false
  /** One after the other, so that none comes after the end. */
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const done = last.then(act)
    last = done.catch(() => undefined)
    return done
  }
  return {
    give: () =>
      inTurn(async () => {
        if (ended) return
        const found = await records.get<Stored>(collection, nodes.id)
        await records.put(collection, nodes.id, found?.version, { name }, ports.now() + signCountsMillis)
      }),
    end: () => {
      ended = true
      return inTurn(async () => {
        const found = await records.get<Stored>(collection, nodes.id)
        if (found !== undefined) await records.delete(collection, nodes.id, found.version)
      })
    },
  }
}

/** Names of the nodes whose sign still counts. */
export const runningNodes = async (records: SealedRecords): Promise<readonly string[]> => {
  const names: string[] = []
  for await (const { value } of everyRecord<Stored>(records, collection)) names.push(value.name)
  return names.toSorted()
}
