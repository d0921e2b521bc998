// What SQLite's errors mean for a caller: nothing was stored, it cannot be told, or the call could never succeed.
// Imports only types, since the worker runs it.
import type { Fault } from './protocol.ts'

/** Where the error came up: while working inside a transaction that is rolled back, or while making it durable. */
export type Stage = 'work' | 'commit'

const primary = {
  busy: 5,
  locked: 6,
  nomem: 7,
  readonly: 8,
  interrupt: 9,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  protocol: 15,
  notadb: 26,
} as const
const passing: readonly number[] = Object.values(primary)

/** A disk that is full refuses a frame before it counts; a failed write or sync of the commit itself may still be found after a crash. */
export const faultOf = (error: unknown, stage: Stage): Fault => {
  const code = codeOf(error)
  if (code === undefined || !passing.includes(code & 0xff)) return 'wrong'
  return stage === 'commit' && (code & 0xff) === primary.ioerr ? 'unknown' : 'nothing'
}

const codeOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined

export const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown error')
