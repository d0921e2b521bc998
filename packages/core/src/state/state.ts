// The face of a state: one log's resources as of one revision. Readers depend on this, never on how it is kept.
import type { LogId, Millis, Resource, Revision } from '../log/commit.ts'
import type { PlaceId } from '../log/moved.ts'

export interface State {
  readonly log: LogId
  readonly revision: Revision
  /** Time of the last commit, 0 in an empty log. */
  readonly time: Millis
  /** The platform revision that the last commit recorded. */
  readonly platform: Revision
  /** The place to which the last commit moved the log; undefined where it is an ordinary one. */
  readonly movedTo: PlaceId | undefined
  /** The live resource, or undefined. */
  readonly get: (space: string, name: string) => Resource | undefined
  /** Live or tombstone. */
  readonly record: (space: string, name: string) => Resource | undefined
  /** Live resources of a space, in no promised order. */
  readonly entries: (space: string) => Iterable<Resource>
  /** Live and tombstones. */
  readonly records: (space: string) => Iterable<Resource>
  /** Names in a space in code unit order, tombstones among them: for pages. */
  readonly names: (space: string) => readonly string[]
  /** At least as many names as a space has, tombstones among them; costs nothing, so that limits can be checked on every write. */
  readonly size: (space: string) => number
  /** Spaces that begin so, in no promised order. */
  readonly spaces: (prefix: string) => Iterable<string>
  readonly byId: (id: string) => Resource | undefined
  /** Revision of the last commit that changed a group (`log/address.ts`), 0 if none did. */
  readonly touched: (group: string) => Revision
  /** Addresses of live resources whose body refers to this address. */
  readonly referrers: (address: string) => Iterable<string>
  /** The commit that an actor's Idempotency-Key made in the last 24 h. */
  readonly repeated: (
    actor: string,
    key: string,
  ) => { readonly request: string; readonly revision: Revision; readonly time: Millis } | undefined
}
