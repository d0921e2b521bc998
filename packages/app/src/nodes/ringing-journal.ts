// A journal whose appends are told to the other nodes, log by log, so that they need not ask the database what has changed.
// Owns the telling only: what a journal does and promises stays as it was.
import type { LogId } from '@konfig/core'
import type { Journal } from '@konfig/journal'
import type { Nodes } from './nodes.ts'

const topic = 'changed'
/** Between two messages: the first is told at once, what follows closely is told together. */
const quietMillis = 5
/** More than that is told as "anything". */
const mostNamed = 200

const read = (text: string): readonly LogId[] | undefined => {
  const logs = text.split('\n').filter((log) => log !== '')
  return logs.length === 0 ? undefined : logs
}

export const ringingJournal = (journal: Journal, nodes: Nodes): Journal => {
  if (!nodes.together) return journal
  const waiting = new Set<LogId>()
  let quiet: NodeJS.Timeout | undefined

  const tell = (): void => {
    quiet = undefined
    if (waiting.size === 0) return
    nodes.tell(topic, waiting.size > mostNamed ? '' : [...waiting].join('\n'))
    waiting.clear()
    quiet = setTimeout(tell, quietMillis)
    quiet.unref()
  }
  const ring = (log: LogId): void => {
    waiting.add(log)
    if (quiet === undefined) tell()
  }

  return {
    ...journal,
    append: async (batches) => {
      const landings = await journal.append(batches)
      landings.forEach((landing, at) => {
        const log = batches[at]?.log
        if (landing === 'landed' && log !== undefined) ring(log)
      })
      return landings
    },
    erase: async (log) => {
      await journal.erase(log)
      ring(log)
    },
    watch: (listener) => {
      const stop = journal.watch(listener)
      const deafen = nodes.hear(topic, (text) => listener(read(text)))
      return () => {
        stop()
        deafen()
      }
    },
  }
}
