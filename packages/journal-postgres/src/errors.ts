// What PostgreSQL's errors mean for a caller: nothing was stored, it cannot be told, or the call could never succeed.
import { failure, KonfigError } from '@konfig/core'
import { unavailable, Unknown } from '@konfig/journal'

/** `again`: nothing was stored, and the same statement may be run at once. */
export type Fault = 'nothing' | 'again' | 'unknown' | 'damaged' | 'wrong'

/** Also a connection that an operator ended before the statement began: another one may be there. */
const again = ['40001', '40P01', '57P01']
const damage = ['XX001', 'XX002']
/** The server answered, and what it answers passes or is for an operator to mend: connection, credentials, rights, a table that somebody altered, room, locks, shutdown, disk, a plan of before a migration. */
const passing = [
  '08',
  '28',
  '3D',
  '42501',
  '42703',
  '42P01',
  '25006',
  '25P02',
  '26',
  '0A000',
  '53',
  '55',
  '57',
  '58',
  'XX000',
]

/** SQLSTATE of what the server itself said; undefined for errors of the network. */
export const stateOf = (error: unknown): string | undefined =>
  typeof error === 'object' &&
  error !== null &&
  'severity' in error &&
  'code' in error &&
  typeof error.code === 'string'
    ? error.code
    : undefined

/** A server that goes or comes, or that takes no writes. */
const leaving = ['08', '57P', '25006']

/** Whether another server of the same database, where there is one, should be asked from now on. */
export const leavesServer = (error: unknown): boolean => {
  if (error instanceof KonfigError) return false
  const state = stateOf(error)
  return state === undefined || leaving.some((start) => state.startsWith(start))
}

/** Disk, room, and what the server cannot explain. */
const machine = ['53', '58', 'XX']
/**
 * Whether it gave up in the middle rather than refuse (PANIC): the commit may lie in its log already, and be found there when it comes back.
 * The word is in the server's own language, so what is not known to be an ordinary refusal counts.
 */
const gaveUp = (error: unknown, state: string): boolean =>
  machine.some((start) => state.startsWith(start)) &&
  !(
    typeof error === 'object' &&
    error !== null &&
    'severity' in error &&
    ['ERROR', 'FATAL'].includes(String(error.severity))
  )

/** `sent`: the statement, or the commit, was on its way. Who gets no answer to that cannot know. */
export const faultOf = (error: unknown, sent: boolean): Fault => {
  const state = stateOf(error)
  if (state === undefined) return sent ? 'unknown' : 'nothing'
  if (again.includes(state)) return 'again'
  if (damage.includes(state)) return 'damaged'
  if (state === '40003' || (sent && gaveUp(error, state))) return 'unknown'
  return passing.some((start) => state.startsWith(start)) ? 'nothing' : 'wrong'
}

export const errorOf = (error: unknown, sent: boolean): Error => {
  if (error instanceof KonfigError || error instanceof Unknown) return error
  const fault = faultOf(error, sent)
  const text = error instanceof Error ? error.message : 'unknown error'
  if (fault === 'unknown') return new Unknown(text, { cause: error })
  if (fault === 'damaged')
    return new KonfigError(failure('journal_corrupt', { log: 'database', revision: 0, reason: text }), { cause: error })
  return fault === 'wrong' ? new KonfigError(failure('bug'), { cause: error }) : unavailable(error)
}
