// The effective value of a key: a pure function of the platform's state, the tenant's state and an environment.
// Owns the one order in which each contribution is judged; the rules themselves live beside it.
import { exhausted } from '../errors/bug.ts'
import type { Side } from '../kinds/kind.ts'
import type { Resource } from '../log/commit.ts'
import { checkValue, type Definition } from '../values/definition.ts'
import type { Json } from '../values/json-value.ts'
import { charge } from '../values/meter.ts'
import { combine } from './combine.ts'
import { definitionOf, definitionsIn, type Slot } from './layers.ts'
import { outOfBounds, type Policy, policyOf } from './policy.ts'
import { fillIn } from './reference.ts'
import { type Resolved, type Room, roomOf, type World } from './world.ts'

export type InertReason = 'policy' | 'invalid' | 'reference'

/** An inert value is kept, skipped and reported; it lives again when the rule is gone. */
export type Verdict = 'live' | { readonly inert: InertReason; readonly rule: string }

/** One value that had a say, or would have had one. */
export interface Contribution {
  readonly layer: string
  /** undefined: the layer's base. */
  readonly environment: string | undefined
  readonly log: Side
  readonly resource: Resource
  /** As it is written. */
  readonly written: Json
  /** With references filled in; as written where they cannot be. */
  readonly value: Json
  readonly verdict: Verdict
}

/** Hears of each contribution, weakest first; only explaining and listing ask for it. */
type Note = (contribution: Contribution) => void

const inert = (reason: InertReason, rule: string): Exclude<Verdict, 'live'> => ({ inert: reason, rule })

interface Judged {
  readonly filled: Json
  /** What the key is worth from here on; undefined if this is inert. */
  readonly value: Json | undefined
  readonly verdict: Verdict
}

/** Steps of checking that one world may cost: each value's own limit says nothing of ten thousand values. A commit sets a bound of its own. */
const mostChecking = 16_000_000
/** Steps that weighing any value costs, whatever it says. */
const weighing = 10

/** One contribution, against what the weaker ones made: lock, references, bounds, combining, the definition. In this order. */
const judge = (
  world: World,
  room: Room,
  slot: Slot,
  written: Json,
  definition: Definition,
  policy: Policy,
  accumulated: Json | undefined,
): Judged => {
  const fails = (filled: Json, reason: InertReason, rule: string): Judged => ({
    filled,
    value: undefined,
    verdict: inert(reason, rule),
  })
  if (world.checked.most !== undefined) charge(world.checked, weighing)
  else if (world.checked.steps > mostChecking)
    exhausted('What the schemas of these values take to check', 'some seconds of work')
  const bound = slot.side === 'tenant'
  if (bound && policy.mode === 'locked') return fails(written, 'policy', policy.rule)
  const filled = fillIn(world, room.namespace, written, resolveKey)
  if ('rule' in filled) return fails(written, 'reference', filled.rule)
  const beyond = bound ? outOfBounds(policy, filled.value, world.checked) : undefined
  if (beyond !== undefined) return fails(filled.value, 'policy', beyond)
  const combined = combine(definition.combine ?? 'replace', accumulated, filled.value)
  if ('rule' in combined) return fails(filled.value, 'invalid', combined.rule)
  const [broken] = checkValue(definition, combined.value, world.checked)
  return broken === undefined
    ? { filled: filled.value, value: combined.value, verdict: 'live' }
    : fails(filled.value, 'invalid', broken.pointer === '' ? broken.rule : `${broken.pointer} ${broken.rule}`)
}

/** Greedy: each contribution is judged on what has come together before it; one that fails leaves that as it was. */
const settle = (world: World, room: Room, definition: Resource, definedBy: Side, note?: Note): Json | undefined => {
  const policy = policyOf(definition, definedBy, world.plan)
  let value: Json | undefined
  for (const slot of room.slots) {
    // Of a key that it does not define, the platform says nothing.
    if (slot.side === 'platform' && definedBy === 'tenant') continue
    const resource = slot.written(definition.name)
    const written = resource?.body['value']
    if (resource === undefined || written === undefined) continue
    const judged = judge(world, room, slot, written, definition.body as unknown as Definition, policy, value)
    if (judged.value !== undefined) value = judged.value
    note?.({
      layer: slot.layer,
      environment: slot.environment,
      log: slot.side,
      resource,
      written,
      value: judged.filled,
      verdict: judged.verdict,
    })
  }
  return value
}

const resolveIn = (world: World, room: Room, definition: Resource, definedBy: Side): Resolved => {
  const known = room.resolved.get(definition.name)
  if (known !== undefined) return known
  const resolved: Resolved = { definition, definedBy, value: settle(world, room, definition, definedBy) }
  room.resolved.set(definition.name, resolved)
  return resolved
}

/** One key; undefined if nobody defines it. Costs no more in a large namespace than in a small one. */
export const resolveKey = (world: World, namespace: string, key: string): Resolved | undefined => {
  const room = roomOf(world, namespace)
  const known = room.resolved.get(key)
  if (known !== undefined) return known
  const found = definitionOf(world, namespace, key)
  return found === undefined ? undefined : resolveIn(world, room, found.definition, found.definedBy)
}

/** Every key that is defined in a namespace, those without a live value among them. */
export const resolveNamespace = (world: World, namespace: string): ReadonlyMap<string, Resolved> => {
  const room = roomOf(world, namespace)
  const resolved = new Map<string, Resolved>()
  for (const { definition, definedBy } of definitionsIn(world, namespace))
    resolved.set(definition.name, resolveIn(world, room, definition, definedBy))
  return resolved
}

/** A key with all that was weighed for it, weakest first. */
export interface Traced extends Resolved {
  readonly contributions: readonly Contribution[]
}

export const traceKey = (world: World, namespace: string, key: string): Traced | undefined => {
  const found = definitionOf(world, namespace, key)
  if (found === undefined) return undefined
  const contributions: Contribution[] = []
  const value = settle(world, roomOf(world, namespace), found.definition, found.definedBy, (contribution) =>
    contributions.push(contribution),
  )
  return { ...found, value, contributions }
}

/** What is written for a key that nobody defines: all of it is inert. */
const orphans = (world: World, namespace: string, key: string): readonly Contribution[] =>
  roomOf(world, namespace).slots.flatMap((slot) => {
    const resource = slot.written(key)
    const written = resource?.body['value']
    return resource === undefined || written === undefined
      ? []
      : [
          {
            layer: slot.layer,
            environment: slot.environment,
            log: slot.side,
            resource,
            written,
            value: written,
            verdict: inert('invalid', 'belongs to a key that is not defined'),
          },
        ]
  })

/** What is kept for a key and skipped in this world, weakest first, each with the rule that forbids it. */
export const inertIn = (world: World, namespace: string, key: string): readonly Contribution[] =>
  traceKey(world, namespace, key)?.contributions.filter(({ verdict }) => verdict !== 'live') ??
  orphans(world, namespace, key)
