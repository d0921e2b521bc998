// What people are told of a request that failed for no fault of whoever asked. Owns what is worth a line; the answer says none of it.
import { type Failure, KonfigError } from '@konfig/core'
import { factsOf, type ServerLog } from './server-log.ts'

const rootOf = (reason: unknown): unknown =>
  reason instanceof Error && reason.cause !== undefined ? rootOf(reason.cause) : reason

export interface Told {
  readonly log: Pick<ServerLog, 'error'>
  /** Hears of what a store refuses: asking it in the background may go well where this did not, as without a right, or on a table that was altered. */
  readonly away: (reason: unknown) => void
}

export const tellOfFailed = (
  { log, away }: Told,
  error: unknown,
  { category, code }: Failure,
  requestId: string,
): void => {
  if (category === 'bug') log.error('A request failed', { requestId, ...factsOf(error) })
  if (code === 'unavailable' && !(rootOf(error) instanceof KonfigError)) away(error)
}
