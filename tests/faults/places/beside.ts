// Two places at once: the platform, its people and the directory are in one, the clients' tenant is in a journal of its own in the other. Faults
// strike both.
import { faults } from '../faults/list.ts'
import type { Fault } from '../faults/fault.ts'
import { healStore } from '../heal.ts'
import type { Place } from './place.ts'

const journal = 'theirs'

/** The same fault, on what the platform lies in. */
const onPlatform =
  (platform: Place) =>
  (fault: Fault): Fault => ({
    ...fault,
    name: `${fault.name}, of the platform`,
    standing: () => fault.standing(platform),
    strike: (scene) => fault.strike({ ...scene, place: platform }),
  })

export const beside = (theirs: Place, platform: Place): Place => ({
  ...theirs,
  backend: `${theirs.backend}-beside-${platform.backend}`,
  optionsOf: (node) => {
    const { KONFIG_JOURNAL: at, KONFIG_JOURNAL_MIGRATE: owner } = theirs.optionsOf(node)
    return {
      ...platform.optionsOf(node),
      KONFIG_JOURNALS: `${journal}=${at}`,
      ...(owner === undefined ? {} : { KONFIG_JOURNALS_MIGRATE: `${journal}=${owner}` }),
    }
  },
  journal,
  nodes: Math.min(theirs.nodes, platform.nodes),
  // Where the platform is in a file, this is what that is made durable by.
  nodeMachine: platform.nodeMachine,
  own: [
    ...(theirs.own ?? []),
    ...[...faults.filter(({ lane }) => lane === 'store'), ...(platform.own ?? [])].map(onPlatform(platform)),
  ],
  heal: async () => {
    await healStore(platform)
    await theirs.heal?.()
  },
  remove: async () => {
    await theirs.remove()
    await platform.remove()
  },
})
