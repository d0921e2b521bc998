// When a key needs no second look: worlds in which it is made of the same values judge it alike. Judges nothing itself.
import type { Resource } from '../log/commit.ts'
import { roomOf, type World } from '../resolve/world.ts'
import { charge } from '../values/meter.ts'
import { needsFilling } from '../values/reference.ts'

/**
 * What a key is made of in a world, as a text: two worlds in which it is equal judge the key alike. Undefined where a part refers to other
 * keys, which may be worth something else in every environment.
 */
export const makingOf = (
  world: World,
  namespace: string,
  key: string,
  refers: (resource: Resource) => boolean,
): string | undefined => {
  const { slots } = roomOf(world, namespace)
  charge(world.checked, 1 + slots.length)
  let making = ''
  for (const slot of slots) {
    const resource = slot.written(key)
    if (resource === undefined) continue
    if (refers(resource)) return undefined
    making += `${slot.side === 'tenant' ? 't' : 'p'}${resource.id} `
  }
  return making
}

/** The environments in which a namespace holds more than its base values: in all others its keys are what they are in the base. */
export const openApart = (
  names: readonly string[],
  worldsIn: (environment: string | undefined, namespace: string) => readonly World[],
): ((namespace: string) => readonly string[]) => {
  const known = new Map<string, readonly string[]>()
  return (namespace) => {
    const before = known.get(namespace)
    if (before !== undefined) return before
    const found = names.filter((name) =>
      worldsIn(name, namespace).some((world) =>
        roomOf(world, namespace).slots.some(({ environment }) => environment !== undefined),
      ),
    )
    known.set(namespace, found)
    return found
  }
}

export const openReferring = (): ((resource: Resource) => boolean) => {
  const known = new Map<Resource, boolean>()
  return (resource) => {
    const before = known.get(resource)
    if (before !== undefined) return before
    const value = resource.body['value']
    const refers = value !== undefined && needsFilling(value)
    known.set(resource, refers)
    return refers
  }
}
