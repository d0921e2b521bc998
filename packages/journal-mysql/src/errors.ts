// What the errors of MySQL and MariaDB mean for a caller: nothing was stored, it cannot be told, or the call could never succeed.
import { failure, KonfigError } from '@konfig/core'
import { unavailable, Unknown } from '@konfig/journal'

/** `again`: nothing was stored, and the same statement may be run at once. */
export type Fault = 'nothing' | 'again' | 'unknown' | 'damaged' | 'wrong'

/** A deadlock (in a cluster: another node was first), and a statement that must be prepared anew. */
const again = [1213, 1615]
/** The server went, or was told to drop us, while it worked: a commit may have been under way. */
const doubtful = [1053, 1180, 1927, 3169, 4031]
const damage = [1034, 1194, 1712]
/** What passes or is for an operator to mend, by its number. */
const passing = [
  // Connections, credentials, rights, what is missing, a table that somebody altered.
  1040, 1041, 1044, 1045, 1049, 1054, 1129, 1130, 1142, 1143, 1146, 1203, 1226, 1227, 1243, 1461, 1698, 1862, 3118,
  // A node of a cluster without its others; a server that takes no writes.
  1047, 1290, 1792, 1836,
  // Locks and time.
  1205, 1206, 1317, 1969, 3024, 3572,
  // Room on the disk.
  3, 1021, 1030, 1114,
]

/** Number of what the server itself said; undefined for errors of the network. */
export const numberOf = (error: unknown): number | undefined =>
  error instanceof Error && 'sqlState' in error && 'errno' in error && typeof error.errno === 'number'
    ? error.errno
    : undefined

/** A server that goes, that has lost the others of its cluster, or that takes no writes. */
const leaving = [1047, 1053, 1290, 1792, 1836, 1927]

/** Whether another server of the same database, where there is one, should be asked from now on. */
export const leavesServer = (error: unknown): boolean => {
  if (error instanceof KonfigError) return false
  const number = numberOf(error)
  return number === undefined || leaving.includes(number)
}

/** `sent`: the statement, or the commit, was on its way. Who gets no answer to that cannot know. */
export const faultOf = (error: unknown, sent: boolean): Fault => {
  const number = numberOf(error)
  if (number === undefined || doubtful.includes(number)) return sent ? 'unknown' : 'nothing'
  if (again.includes(number)) return 'again'
  if (damage.includes(number)) return 'damaged'
  return passing.includes(number) ? 'nothing' : 'wrong'
}

export const errorOf = (error: unknown, sent: boolean): Error => {
  if (error instanceof KonfigError || error instanceof Unknown) return error
  const fault = faultOf(error, sent)
  // What the server says may repeat values: it stays inside, as the cause.
  if (fault === 'unknown') return new Unknown('the answer was lost', { cause: error })
  if (fault === 'damaged')
    return new KonfigError(
      failure('journal_corrupt', { log: 'database', revision: 0, reason: `error ${numberOf(error)}` }),
      {
        cause: error,
      },
    )
  return fault === 'wrong' ? new KonfigError(failure('bug'), { cause: error }) : unavailable(error)
}
