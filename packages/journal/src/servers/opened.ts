// What opening a database of a server gives, whichever server it is.
import type { Journal } from '../journal.ts'
import type { Records } from '../records.ts'

/** Both ports share their connections: closing either closes both. */
export interface Opened {
  readonly journal: Journal
  readonly records: Records
  /** What an operator should know, in whole sentences. */
  readonly warnings: readonly string[]
  /** Which database it is, for people; nothing secret. */
  readonly name: string
}
