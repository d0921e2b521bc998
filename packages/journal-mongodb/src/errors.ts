// What the errors of the driver and of the server mean for a caller: nothing was stored, it cannot be told, or the call could never succeed.
import { failure, KonfigError } from '@konfig/core'
import { unavailable, Unknown } from '@konfig/journal'
import { MongoAPIError, MongoError, MongoNetworkError, MongoServerError, MongoWriteConcernError } from 'mongodb'

export type Fault = 'nothing' | 'unknown' | 'damaged' | 'wrong'

/** The unique key was taken. */
export const isTaken = (code: unknown): boolean => code === 11000

/** What the server refuses before it does anything, by its code. Everything that is not named may have been done. */
const refused = [
  // Rights and credentials; not the primary; no such host in the set.
  13, 18, 8000, 10058, 10107, 13435, 13436, 133, 74,
  // Locks, room, a server that takes no writes, too much at once.
  24, 46, 14031, 20, 262, 462,
]
/** A request that is wrong in itself. */
const mistaken = [2, 9, 14, 22, 40, 52, 53, 59, 10334, 11000, 17280, 17419, 17420]
const damage = [365]

/** Nothing was sent: no server was found, or no connection came about, or the server took nothing in. */
const unsent = ['HandshakeError', 'SystemOverloadedError', 'PoolRequestedRetry', 'NoWritesPerformed']
const unsentNames = [
  'MongoServerSelectionError',
  'MongoWaitQueueTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
]

/** FerretDB passes on in words what PostgreSQL refused before it did anything; these are the codes that MongoDB has for the same. */
const ofPostgres: { readonly [state: string]: number } = {
  '28000': 18,
  '28P01': 18,
  '42501': 13,
  '25006': 20,
  '53100': 14031,
  '53300': 462,
  '55P03': 24,
  '40001': 24,
  '40P01': 24,
}
const internal = 1

/** What the server itself said; undefined for errors of the network. */
export const codeOfServer = (error: unknown): number | undefined => {
  if (!(error instanceof MongoServerError) || typeof error.code !== 'number') return undefined
  const state = error.code === internal ? /\(SQLSTATE (\w{5})\)/.exec(error.message)?.[1] : undefined
  return ofPostgres[state ?? ''] ?? error.code
}

/** `sent`: it was a write. Who gets no answer to that cannot know. */
export const faultOf = (error: unknown, sent: boolean): Fault => {
  if (!(error instanceof MongoError)) return sent ? 'unknown' : 'nothing'
  // It is stored on one server, and perhaps not on the others.
  if (error instanceof MongoWriteConcernError) return sent ? 'unknown' : 'nothing'
  if (unsentNames.includes(error.name) || unsent.some((label) => error.hasErrorLabel(label))) return 'nothing'
  const code = codeOfServer(error)
  if (code !== undefined) {
    if (refused.includes(code)) return 'nothing'
    if (damage.includes(code)) return 'damaged'
    if (mistaken.includes(code)) return 'wrong'
  } else if (!(error instanceof MongoNetworkError) && error instanceof MongoAPIError) return 'wrong'
  return sent ? 'unknown' : 'nothing'
}

export const errorOf = (error: unknown, sent: boolean): Error => {
  if (error instanceof KonfigError || error instanceof Unknown) return error
  const fault = faultOf(error, sent)
  // What the server says may repeat values: it stays inside, as the cause.
  if (fault === 'unknown') return new Unknown('the answer was lost', { cause: error })
  if (fault === 'damaged')
    return new KonfigError(
      failure('journal_corrupt', { log: 'database', revision: 0, reason: `error ${codeOfServer(error)}` }),
      { cause: error },
    )
  return fault === 'wrong' ? new KonfigError(failure('bug'), { cause: error }) : unavailable(error)
}
