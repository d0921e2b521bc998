// Which snapshots of a log to keep: the newest, and older ones at growing distances. Pure; knows nothing of how they are stored.
import type { Revision } from '@konfig/core'

/**
 * The revisions that may go. Older ones fall into bands whose width doubles with the distance from the newest; the oldest of each band
 * stays, so that it can grow old into the next. At most one a doubling is kept, about 20 for a million commits.
 */
export const superseded = (revisions: readonly Revision[]): readonly Revision[] => {
  const ordered = [...new Set(revisions)].sort((a, b) => a - b)
  const newest = ordered.at(-1)
  if (newest === undefined) return []
  const kept = new Map<number, Revision>()
  for (const revision of ordered) {
    const band = revision === newest ? -1 : Math.floor(Math.log2(newest - revision))
    if (!kept.has(band)) kept.set(band, revision)
  }
  const stays = new Set(kept.values())
  return ordered.filter((revision) => !stays.has(revision))
}
