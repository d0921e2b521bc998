// What SQLite's errors mean for a caller: nothing was stored, it cannot be told, or the call could never succeed.
// Imports only types, since the worker runs it.
import type { Fault } from './protocol.ts'

/** Where the error came up: while working inside a transaction that is rolled back, or while making it durable. */
export type Stage = 'work' | 'commit'

const passing = {
  busy: 5,
  locked: 6,
  nomem: 7,
  readonly: 8,
  interrupt: 9,
  ioerr: 10,
  full: 13,
  cantopen: 14,
  protocol: 15,
} as const
const damage: readonly number[] = [11, 26]

/** A disk that is full refuses a frame before it counts; a failed write or sync of the commit itself may still be found after a crash. */
export const faultOf = (error: unknown, stage: Stage): Fault => {
  const code = codeOf(error)
  if (code === undefined) return 'wrong'
  if (isAltered(error)) return 'nothing'
  const primary = code & 0xff
  if (damage.includes(primary)) return 'damaged'
  if (!Object.values<number>(passing).includes(primary)) return 'wrong'
  return stage === 'commit' && primary === passing.ioerr ? 'unknown' : 'nothing'
}

/** A table is not as this version made it: somebody altered it, and has to undo that. */
export const isAltered = (error: unknown): boolean =>
  error instanceof Error && /no such (column|table)|has no column named/.test(error.message)

const codeOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined

export const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown error')
