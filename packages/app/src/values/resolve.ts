// Resolves whole namespaces a slice at a time, so that a large one keeps nobody else waiting. Owns when to let others run.
import { setImmediate as othersRun } from 'node:timers/promises'
import { definitionsIn, type Resolved, resolveKey, roomOf, type World } from '@konfig/core'
import { type Group, liveValues } from './write.ts'

const keysAtATime = 2000

/** Every defined key of a namespace. What the world remembers makes asking it again cheap. */
export const resolveSliced = async (world: World, namespace: string): Promise<readonly Resolved[]> => {
  // One without a key leaves its mark too: what is kept of it depends on there being none.
  roomOf(world, namespace)
  const resolved: Resolved[] = []
  for (const { definition } of definitionsIn(world, namespace)) {
    const found = resolveKey(world, namespace, definition.name)
    if (found !== undefined) resolved.push(found)
    if (resolved.length % keysAtATime === 0) await othersRun()
  }
  return resolved
}

export const groupIn = async (world: World, namespace: string): Promise<Group> => ({
  namespace,
  values: liveValues(await resolveSliced(world, namespace)),
})
