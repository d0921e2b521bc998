// A resource's history: the list that `Change.previous` links through the log, read backwards. One read of the log for each version,
// however long the log is.
import { addressOf, type Change, type Commit, failure, type Identity, KonfigError, type Revision } from '@konfig/core'
import type { HeldLog } from '../logs/held-log.ts'

/** A version of a resource: the change that made it, and the commit that this lay in. */
export interface MadeVersion {
  readonly version: number
  readonly change: Change
  readonly commit: Commit
}

/** The newest revision; where more is wanted than this node knows of, others may have written it, so the journal is asked. */
export const newestFor = async (held: HeldLog, wanted: Revision): Promise<Revision> => {
  const known = held.state().revision
  return wanted <= known ? known : (await held.catchUp()).revision
}

/** The commit of a revision. Rejects with `revision_not_found`. */
export const commitAt = async (held: HeldLog, revision: Revision): Promise<Commit> => {
  const newest = await newestFor(held, revision)
  if (revision >= 1 && revision <= newest) {
    const commits = await held.sealed.history(revision - 1, 1)
    const found = commits.find((commit) => commit.revision === revision)
    if (found !== undefined) return found
  }
  throw new KonfigError(failure('revision_not_found', { revision, newest }))
}

/** What a commit did to a resource; undefined if it did nothing to it. */
export const changeIn = (commit: Commit, identity: Identity): Change | undefined => {
  const address = addressOf(identity)
  return commit.changes.find((change) => addressOf(change) === address)
}

/** Versions newest first, beginning with `newest` (a resource or a tombstone as state holds it). Deletions are versions too. */
export async function* versionsOf(
  held: HeldLog,
  newest: Identity & { readonly version: number; readonly revision: Revision },
): AsyncGenerator<MadeVersion, void, undefined> {
  let { version, revision } = newest
  while (revision > 0 && version > 0) {
    const commit = await commitAt(held, revision)
    const change = changeIn(commit, newest)
    if (change === undefined) return
    yield { version, change, commit }
    version -= 1
    revision = change.previous
  }
}

/** One version. Rejects with `version_not_found`. */
export const versionOf = async (
  held: HeldLog,
  newest: Identity & { readonly version: number; readonly revision: Revision },
  version: number,
): Promise<MadeVersion> => {
  if (version <= newest.version)
    for await (const made of versionsOf(held, newest)) {
      if (made.version === version) return made
      if (made.version < version) break
    }
  const key = newest.namespace === undefined ? newest.name : `${newest.namespace}/${newest.name}`
  const name = newest.environment === undefined ? key : `${key} in ${newest.environment}`
  throw new KonfigError(failure('version_not_found', { kind: newest.kind, name, version }))
}
