// What a log on this node asks of whoever knows where logs are. Owns the question; the answers are those of the places.
import { failure, KonfigError, type LogId, type PlaceId } from '@konfig/core'

/** Where a log is, and turning to where it went. */
export interface Whereabouts {
  readonly here: (log: LogId) => PlaceId | undefined
  readonly follow: (log: LogId, to: PlaceId) => Promise<void>
}

/** One store for all logs, which none of them leaves. */
export const nowhereElse: Whereabouts = {
  here: () => undefined,
  follow: async () => {
    throw new KonfigError(failure('moved_away', { seconds: 2 }))
  },
}
