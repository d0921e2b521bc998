// Group commit: the writes that waited together share one durable transaction. Each is answered only once that is synced.
import { faultOf, textOf } from '../errors.ts'
import type { Answer, Handlers, Operation, Request } from '../protocol.ts'
import type { Store } from './schema.ts'

export type Call = Extract<Request, { readonly operation: Operation }>

const reads: readonly Operation[] = [
  'read',
  'head',
  'changedSince',
  'findSnapshot',
  'readParts',
  'getRecord',
  'listRecords',
  'health',
]
export const isRead = ({ operation }: Call): boolean => reads.includes(operation)

export interface Runner {
  readonly read: (call: Call) => Answer
  readonly write: (calls: readonly Call[]) => readonly Answer[]
}

export const createRunner = ({ database }: Store, handlers: Handlers<Operation>): Runner => {
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')

  const value = (call: Call): Answer => {
    const handle = handlers[call.operation] as (given: unknown) => unknown
    return { id: call.id, value: handle(call.given) }
  }
  const failed = (calls: readonly Call[], error: unknown, stage: 'work' | 'commit'): readonly Answer[] => {
    const fault = faultOf(error, stage)
    return calls.map(({ id }) => ({ id, fault, text: textOf(error) }))
  }
  const rollBack = (): void => {
    if (database.isTransaction) database.exec('ROLLBACK')
  }

  const together = (calls: readonly Call[]): readonly Answer[] => {
    let stage: 'work' | 'commit' = 'work'
    try {
      begin.run()
      const answers = calls.map(value)
      stage = 'commit'
      commit.run()
      return answers
    } catch (error) {
      rollBack()
      // One that could never succeed must not take the others with it.
      if (calls.length > 1 && stage === 'work' && faultOf(error, stage) === 'wrong')
        return calls.flatMap((call) => together([call]))
      return failed(calls, error, stage)
    }
  }

  /** A single insert is a transaction by itself: it takes the write lock at once, and COMMIT would be one more call. */
  const alone = (call: Call): readonly Answer[] => {
    try {
      return [value(call)]
    } catch (error) {
      rollBack()
      return failed([call], error, 'commit')
    }
  }

  return {
    read: (call) => {
      try {
        return value(call)
      } catch (error) {
        return { id: call.id, fault: faultOf(error, 'work'), text: textOf(error) }
      }
    },
    write: (calls) => {
      const [only] = calls
      if (only !== undefined && calls.length === 1 && only.operation === 'append' && only.given.length === 1)
        return alone(only)
      return together(calls)
    },
  }
}
