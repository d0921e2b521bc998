// Any place, with nodes that are two workers each: they may be killed, frozen and hung one by one, and die with their parent.
import { silenceSeconds, workerFaults } from '../faults/workers.ts'
import type { Place } from './place.ts'

export const withWorkers = (place: Place): Place => ({
  ...place,
  backend: `${place.backend}-workers`,
  optionsOf: (node) => ({
    ...place.optionsOf(node),
    KONFIG_WORKERS: '2',
    KONFIG_WORKER_SILENCE_SECONDS: String(silenceSeconds),
    // Tells which of them answered.
    KONFIG_ACCESS_LOG: 'all',
  }),
  workers: true,
  own: [...(place.own ?? []), ...workerFaults],
})
