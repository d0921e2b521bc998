// Which of a node's workers answered a request, read from its server log. A request whose line went with its worker stands for itself.
import type { Attempt, Read, Write } from '../history/history.ts'
import type { Node } from './node.ts'

const request = /^\{[^\n]*?"worker":(\d+),[^\n]*?"msg":"request","requestId":"([^"]+)"/
const ended = /^\{[^\n]*?"worker":(\d+),[^\n]*?"msg":"A worker (?:ended|does not answer)/

/** By request: the worker's number, and which of those that had it. Lines of one that ended all come before the line that says so. */
const workersIn = (output: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const lives = new Map<string, number>()
  for (const line of output.split('\n')) {
    const [, over] = ended.exec(line) ?? []
    if (over !== undefined) lives.set(over, (lives.get(over) ?? 1) + 1)
    const [, worker, id] = request.exec(line) ?? []
    if (worker !== undefined && id !== undefined) found.set(id, `worker ${worker}, ${lives.get(worker) ?? 1}`)
  }
  return found
}

interface Answered {
  readonly process: string
  readonly request?: string
}

/** With the worker in the name of each process. */
export const byWorker = (
  nodes: readonly Node[],
  { writes, reads }: { readonly writes: readonly Write[]; readonly reads: readonly Read[] },
): { readonly writes: readonly Write[]; readonly reads: readonly Read[] } => {
  const workers = new Map(nodes.flatMap((node) => node.outputs().flatMap((output) => [...workersIn(output)])))
  const named = <T extends Answered>(answered: T): T => {
    const { process, request: id = '' } = answered
    return { ...answered, process: `${process}, ${workers.get(id) ?? `request ${id}`}` }
  }
  return {
    reads: reads.map(named),
    writes: writes.map((write) => ({ ...write, attempts: write.attempts.map((attempt: Attempt) => named(attempt)) })),
  }
}
