// Why a key is worth what it is: for each leaf the contribution that won and all that it shadowed. Reads a trace, judges nothing.
// Promise: replaying an explanation (replay.ts) gives the value.
import type { ActorId, Revision } from '../log/commit.ts'
import type { Side } from '../kinds/kind.ts'
import { type Combine, combines } from '../values/definition.ts'
import { isArray, isObject, type Json, pointerTo } from '../values/json-value.ts'
import { canonical, unique } from './combine.ts'
import type { Contribution, InertReason, Traced } from './resolve.ts'

/** Where a value came from. What the caller may not read says `hidden` and neither author nor value. */
export interface Source {
  readonly layer: string
  readonly environment?: string
  readonly log: Side
  readonly revision: Revision
  readonly version: number
  readonly author?: ActorId
  readonly value?: Json
  /** A member that a patch took away. */
  readonly removed?: true
  readonly hidden?: true
}

export type Reason = 'weaker' | 'duplicate' | InertReason

/** `rule` says, of what is inert, which rule forbids it. */
export type Shadowed = Source & { readonly reason: Reason; readonly rule?: string }

export interface Leaf {
  /** RFC 6901, within the value; an element that never came in has `/-`. */
  readonly pointer: string
  /** Absent where nothing won: every contribution is inert. */
  readonly winner?: Source
  /** Strongest first. */
  readonly shadowed: readonly Shadowed[]
}

export interface Explanation {
  readonly combine: Combine
  readonly leaves: readonly Leaf[]
}

export interface Asker {
  /** Where the question comes from: tenants see the platform's authors as `platform`. */
  readonly side: Side
  /** What the asker may see of the contributions that did not win; all, if left out. */
  readonly mayRead?: (contribution: Contribution) => boolean
}

/** A part of a contribution's value, or the scalar above it that leaves no room for it; undefined if it says nothing of it. */
const sayOf = (value: Json, path: readonly string[]): { readonly value: Json } | undefined => {
  let at = value
  for (const step of path) {
    if (!isObject(at)) return { value: at }
    const member = Object.hasOwn(at, step) ? at[step] : undefined
    if (member === undefined) return undefined
    at = member
  }
  return { value: at }
}

const isLeaf = (value: Json): boolean => !isObject(value) || Object.keys(value).length === 0

/** Paths of the leaves under merge: scalars, arrays and empty objects. */
function* leavesOf(value: Json, path: readonly string[] = []): Iterable<readonly string[]> {
  if (!isObject(value) || isLeaf(value)) yield path
  else for (const [name, member] of Object.entries(value)) yield* leavesOf(member, [...path, name])
}

const pointerOf = (path: readonly string[]): string => path.reduce<string>(pointerTo, '')

const sourceOf = (
  contribution: Contribution,
  { side, mayRead }: Asker,
  won: boolean,
  value: Json | undefined,
): Source => {
  const { layer, environment, log, resource } = contribution
  const hidden = mayRead !== undefined && !mayRead(contribution)
  const author = side === 'tenant' && log === 'platform' ? 'platform' : resource.updatedBy
  return {
    layer,
    ...(environment === undefined ? {} : { environment }),
    log,
    revision: resource.revision,
    version: resource.version,
    ...(hidden ? {} : { author }),
    // The winner's value is the answer itself, which the asker has anyway.
    ...(value === undefined || (hidden && !won) ? {} : { value }),
    ...(hidden ? { hidden } : {}),
  }
}

const shadowOf = (
  contribution: Contribution,
  asker: Asker,
  value: Json,
  live: 'weaker' | 'duplicate' = 'weaker',
): Shadowed => {
  const source = sourceOf(contribution, asker, false, value)
  const { verdict } = contribution
  if (verdict === 'live') return { ...source, reason: live }
  return { ...source, reason: verdict.inert, ...(source.hidden ? {} : { rule: verdict.rule }) }
}

const isLive = ({ verdict }: Contribution): boolean => verdict === 'live'

/** All that had a say on one part, strongest first, as a leaf whose winner is the strongest that is live. */
const leafOf = (
  pointer: string,
  says: readonly { readonly from: Contribution; readonly value: Json }[],
  final: Json | undefined,
  asker: Asker,
): Leaf => {
  const winner = says.find(({ from }) => isLive(from))
  const shadowed = says.flatMap((say) => (say === winner ? [] : [shadowOf(say.from, asker, say.value)]))
  if (winner === undefined) return { pointer, shadowed }
  const source = sourceOf(winner.from, asker, true, final)
  return { pointer, winner: final === undefined ? { ...source, removed: true } : source, shadowed }
}

const explainReplace = ({ value, contributions }: Traced, asker: Asker): readonly Leaf[] =>
  contributions.length === 0
    ? []
    : [leafOf('', contributions.map((from) => ({ from, value: from.value })).reverse(), value, asker)]

const explainMerge = ({ value, contributions }: Traced, asker: Asker): readonly Leaf[] => {
  const strongest = contributions.toReversed()
  const says = (path: readonly string[]) =>
    strongest.flatMap((from) => {
      const say = sayOf(from.value, path)
      return say === undefined ? [] : [{ from, value: say.value }]
    })
  const leaves: Leaf[] = []
  const told = new Set<string>()
  if (value !== undefined)
    for (const path of leavesOf(value)) {
      const pointer = pointerOf(path)
      told.add(pointer)
      leaves.push(leafOf(pointer, says(path), sayOf(value, path)?.value, asker))
    }
  // What somebody wrote and the value does not hold: taken away by a stronger one, or never let in.
  for (const { value: part, verdict } of contributions)
    for (const path of leavesOf(part)) {
      const pointer = pointerOf(path)
      if (told.has(pointer) || (value !== undefined && sayOf(value, path) !== undefined)) continue
      told.add(pointer)
      const heard = says(path)
      if (verdict === 'live' && heard.every((say) => say.value === null)) continue
      leaves.push(leafOf(pointer, heard, undefined, asker))
    }
  return leaves
}

/** Elements of an array; of what is no array and was refused for that, the whole. */
const elementsOf = (value: Json): readonly Json[] => (isArray(value) ? unique(value) : [value])

/** Who wrote each element, weakest first, under one text for equal elements. */
const writersOf = (
  contributions: readonly Contribution[],
): ReadonlyMap<string, { readonly element: Json; readonly from: Contribution[] }> => {
  const writers = new Map<string, { readonly element: Json; readonly from: Contribution[] }>()
  for (const contribution of contributions)
    for (const element of elementsOf(contribution.value)) {
      const text = canonical(element)
      const known = writers.get(text)
      if (known === undefined) writers.set(text, { element, from: [contribution] })
      else known.from.push(contribution)
    }
  return writers
}

const explainAppend = (traced: Traced, asker: Asker): readonly Leaf[] => {
  const { value, contributions } = traced
  if (!isArray(value) || value.length === 0) return explainReplace(traced, asker)
  const writers = writersOf(contributions)
  const shadowed = (from: readonly Contribution[], element: Json): readonly Shadowed[] =>
    from.toReversed().map((other) => shadowOf(other, asker, element, 'duplicate'))
  const inside = value.map((element, index): Leaf => {
    const { from } = writers.get(canonical(element)) ?? { from: [] }
    const winner = from.find(isLive)
    const rest = shadowed(
      from.filter((other) => other !== winner),
      element,
    )
    return {
      pointer: `/${index}`,
      ...(winner === undefined ? {} : { winner: sourceOf(winner, asker, true, element) }),
      shadowed: rest,
    }
  })
  const outside = [...writers.values()].filter(({ from }) => !from.some(isLive))
  return [
    ...inside,
    ...outside.map(({ element, from }): Leaf => ({ pointer: '/-', shadowed: shadowed(from, element) })),
  ]
}

const explainers = { replace: explainReplace, merge: explainMerge, append: explainAppend }

/** Whether a contribution may be seen is asked once, not once for each of its leaves: the answer looks at all that it wrote. */
const askingOnce = ({ side, mayRead }: Asker): Asker => {
  if (mayRead === undefined) return { side }
  const answers = new Map<Contribution, boolean>()
  return {
    side,
    mayRead: (contribution) => {
      const answer = answers.get(contribution) ?? mayRead(contribution)
      answers.set(contribution, answer)
      return answer
    },
  }
}

export const explain = (traced: Traced, asking: Asker): Explanation => {
  const asker = askingOnce(asking)
  const combine = combines.find((mode) => mode === traced.definition.body['combine']) ?? 'replace'
  return { combine, leaves: explainers[combine](traced, asker) }
}
