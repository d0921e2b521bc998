// Any place, with nodes that are two workers each: they may be killed, frozen and hung one by one, and die with their parent.
import { silenceSeconds, workerFaults } from '../faults/workers.ts'
import { freePort } from '../../servers/port.ts'
import type { Place } from './place.ts'

export const withWorkers = async (place: Place): Promise<Place> => {
  // Where none of its workers is there at a moment, a parent that may take any port takes another one.
  const ports = await Promise.all(Array.from({ length: place.nodes }, freePort))
  return {
    ...place,
    backend: `${place.backend}-workers`,
    optionsOf: (node) => ({
      ...place.optionsOf(node),
      KONFIG_PORT: String(ports[node]),
      KONFIG_WORKERS: '2',
      KONFIG_WORKER_SILENCE_SECONDS: String(silenceSeconds),
      // Tells which of them answered.
      KONFIG_ACCESS_LOG: 'all',
    }),
    workers: true,
    own: [...(place.own ?? []), ...workerFaults],
  }
}
