// Fills the references of a value, late and in the reader's world, the same whichever key is asked first.
// Owns depth, cycles and size; how a target's value comes about is handed in.
import { exhausted } from '../errors/bug.ts'
import { isObject, type Json } from '../values/json-value.ts'
import { fillReferences, needsFilling, type Reference, referencesIn } from '../values/reference.ts'
import { jsonBytes, largestValueBytes } from '../values/violation.ts'
import { definitionOf } from './layers.ts'
import { policyOf } from './policy.ts'
import { type Resolved, roomOf, type World } from './world.ts'

/** A value may rest on this many references, one on another. */
export const deepestReference = 16

/** All that one world may fill in, twice what an answer may hold: short references to long values would else cost without end. */
const mostFilling = 64 * 2 ** 20

type Target = Extract<Reference, { kind: 'config' }>

/** The configs that a value as written refers to, noting in its room which namespaces it reaches. */
const targetsOf = (world: World, namespace: string, written: Json): readonly Target[] => {
  if (!needsFilling(written)) return []
  const targets = referencesIn(written).filter((found) => found.kind === 'config')
  const { reaches } = roomOf(world, namespace)
  for (const target of targets) reaches.add(target.namespace)
  return targets
}

/** What every contribution to a key refers to, live or not; only what a lock shuts out for good has no say. */
const edgesOf = (world: World, namespace: string, key: string): readonly Target[] => {
  const found = definitionOf(world, namespace, key)
  if (found === undefined) return []
  const { definition, definedBy } = found
  const locked = policyOf(definition, definedBy, world.plan).mode === 'locked'
  const edges: Target[] = []
  for (const slot of roomOf(world, namespace).slots) {
    if (slot.side === 'platform' ? definedBy === 'tenant' : locked) continue
    const written = slot.written(key)?.body['value']
    if (written !== undefined) for (const target of targetsOf(world, namespace, written)) edges.push(target)
  }
  return edges
}

interface Visit {
  readonly namespace: string
  readonly key: string
  readonly edges: readonly Target[]
  next: number
  height: number
}

/**
 * How many references a key rests on, one on another, at the most; infinite on a cycle, before one, and beyond the limit.
 * Looks at what is written and never at what is live, so that the answer does not depend on where one starts. No recursion.
 */
const heightOf = (world: World, namespace: string, key: string): number => {
  const known = roomOf(world, namespace).heights.get(key)
  if (known !== undefined) return known
  const visit = (target: Pick<Target, 'namespace' | 'key'>): Visit => ({
    ...target,
    edges: edgesOf(world, target.namespace, target.key),
    next: 0,
    height: 0,
  })
  const path: Visit[] = [visit({ namespace, key })]
  const open = new Set([`${namespace}/${key}`])
  for (;;) {
    const at = path.at(-1) as Visit
    const edge = at.edges[at.next]
    if (edge === undefined) {
      roomOf(world, at.namespace).heights.set(at.key, at.height)
      open.delete(`${at.namespace}/${at.key}`)
      path.pop()
      if (path.length === 0) return at.height
      continue
    }
    const below = roomOf(world, edge.namespace).heights.get(edge.key)
    const id = `${edge.namespace}/${edge.key}`
    if (below !== undefined || open.has(id)) {
      const height = (below ?? Number.POSITIVE_INFINITY) + 1
      at.height = Math.max(at.height, height > deepestReference ? Number.POSITIVE_INFINITY : height)
      at.next++
    } else {
      open.add(id)
      path.push(visit(edge))
    }
  }
}

export type Filled = { readonly value: Json } | { readonly rule: string }

/**
 * A value with its references to configs filled in; references to secrets stay as text.
 * `resolve` is only called for targets of finite height, so it never comes back to where it started.
 */
export const fillIn = (
  world: World,
  namespace: string,
  written: Json,
  resolve: (world: World, namespace: string, key: string) => Resolved | undefined,
): Filled => {
  if (!needsFilling(written)) return { value: written }
  for (const target of targetsOf(world, namespace, written))
    if (heightOf(world, target.namespace, target.key) + 1 > deepestReference)
      return {
        rule: `refers to ${target.namespace}/${target.key}, which leads back to itself or through more than ${deepestReference} references`,
      }
  let rule: string | undefined
  let bytes = 0
  if (world.spent.bytes > mostFilling) exhausted('What the references of this answer grow to', '64 MiB')
  const value = fillReferences(written, (reference) => {
    if (reference.kind === 'secret' || rule !== undefined) return undefined
    const name = `${reference.namespace}/${reference.key}`
    const found = resolve(world, reference.namespace, reference.key)
    if (found?.value === undefined)
      rule = `refers to ${name}, which ${found === undefined ? 'does not exist' : 'has no value'} here`
    else {
      bytes += sizeOf(found)
      if (bytes > largestValueBytes) rule = tooLarge
    }
    return rule === undefined ? found?.value : undefined
  })
  if (rule === undefined && jsonBytes(value) > largestValueBytes) rule = tooLarge
  world.spent.bytes += bytes
  return rule === undefined ? { value } : { rule }
}

const tooLarge = 'grows beyond 1 MiB when its references are filled in'

/** Cheap where nothing can grow: only texts, arrays and objects are measured. */
const sizeOf = ({ value }: Resolved): number =>
  typeof value === 'string' ? value.length : Array.isArray(value) || isObject(value) ? jsonBytes(value) : 8
