// Resolved values as a stream shows them, and what differs between two such views. Owns comparing key by key; knows no listener.
import { dependenciesSoFar, equalJson, type Json, type Point, resolveApplication, worldOf } from '@konfig/core'
import { type Basis, basisOf, holds } from '../values/basis.ts'
import { applicationGroup } from '../values/read-application.ts'
import { namespaceGroups } from '../values/read-namespace.ts'
import { groupIn, resolveSliced } from '../values/resolve.ts'
import { liveValues, objectText } from '../values/write.ts'
import type { Selection, States } from './selection.ts'

export type Values = ReadonlyMap<string, Json>

interface Space {
  readonly basis: Basis
  readonly values: Values
}

export interface View {
  readonly point: Point
  readonly namespaces: readonly string[]
  /** By namespace; what an application reads lies under ''. */
  readonly spaces: ReadonlyMap<string, Space>
}

export interface Step {
  readonly before: Json | undefined
  /** undefined: no value any more. */
  readonly after: Json | undefined
}

/** What differs, by space and key. */
export type Delta = ReadonlyMap<string, ReadonlyMap<string, Step>>

const applicationSpace = ''

const readApplication = async (
  application: string,
  environment: string,
  { platform, tenant }: States,
  namespaces: readonly string[],
): Promise<Space> => {
  const world = worldOf(platform, tenant, environment)
  for (const namespace of namespaces) await resolveSliced(world, namespace)
  const resource = tenant.get('application', application)
  const values = new Map(resource === undefined ? [] : liveValues(resolveApplication(world, resource).values()))
  return { basis: basisOf([...dependenciesSoFar(world), applicationGroup], tenant, platform), values }
}

const readNamespace = async (namespace: string, environment: string, { platform, tenant }: States): Promise<Space> => {
  const world = worldOf(platform, tenant, environment)
  const { values } = await groupIn(world, namespace)
  return {
    basis: basisOf([...dependenciesSoFar(world), ...namespaceGroups], tenant, platform),
    values: new Map(values),
  }
}

/** The view of these states. What an earlier one read and still holds is taken from it, so that a commit elsewhere costs next to nothing. */
export const takeView = async (
  selection: Selection,
  states: States,
  namespaces: readonly string[],
  earlier: View | undefined,
): Promise<View> => {
  const { platform, tenant } = states
  const point = { platform: platform.revision, tenant: tenant.revision }
  const spaces = new Map<string, Space>()
  const names = selection.type === 'application' ? [applicationSpace] : namespaces
  for (const name of names) {
    const known = earlier?.spaces.get(name)
    spaces.set(
      name,
      known !== undefined && holds(known.basis, tenant, platform)
        ? known
        : selection.type === 'application'
          ? await readApplication(selection.application, selection.environment, states, namespaces)
          : await readNamespace(name, selection.environment, states),
    )
  }
  return { point, namespaces, spaces }
}

const equal = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && equalJson(a, b))

const compareValues = (before: Values | undefined, after: Values | undefined): ReadonlyMap<string, Step> => {
  const steps = new Map<string, Step>()
  if (before === after) return steps
  for (const [key, value] of after ?? []) {
    const old = before?.get(key)
    if (!equal(old, value)) steps.set(key, { before: old, after: value })
  }
  for (const [key, value] of before ?? [])
    if (after?.has(key) !== true) steps.set(key, { before: value, after: undefined })
  return steps
}

export const compareViews = (before: View, after: View): Delta => {
  const delta = new Map<string, ReadonlyMap<string, Step>>()
  for (const name of new Set([...before.spaces.keys(), ...after.spaces.keys()])) {
    const steps = compareValues(before.spaces.get(name)?.values, after.spaces.get(name)?.values)
    if (steps.size > 0) delta.set(name, steps)
  }
  return delta
}

/** Several in a row as one: what came back to where it was is not in it. */
export const mergeDeltas = (deltas: readonly Delta[]): Delta => {
  if (deltas.length === 1) return deltas[0] as Delta
  const merged = new Map<string, Map<string, Step>>()
  for (const delta of deltas)
    for (const [space, steps] of delta) {
      const known = merged.get(space) ?? new Map<string, Step>()
      merged.set(space, known)
      for (const [key, { before, after }] of steps) {
        const first = known.get(key)
        const step = { before: first === undefined ? before : first.before, after }
        if (equal(step.before, step.after)) known.delete(key)
        else known.set(key, step)
      }
    }
  for (const [space, steps] of merged) if (steps.size === 0) merged.delete(space)
  return merged
}

const spacesText = (selection: Selection, spaces: readonly (readonly [string, string])[], empty: string): string =>
  selection.type === 'application'
    ? (spaces[0]?.[1] ?? empty)
    : `{${spaces.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`

/** Throws `too_large`. */
export const syncText = (selection: Selection, log: string, { spaces }: View): string => {
  const head = { environment: selection.environment, log }
  const named = selection.type === 'application' ? { ...head, application: selection.application } : head
  const texts = [...spaces].map(([name, { values }]) => [name, objectText([...values])] as const)
  return `${JSON.stringify(named).slice(0, -1)},"values":${spacesText(selection, texts, '{}')}}`
}

/** Throws `too_large`. */
export const changeText = (selection: Selection, delta: Delta): string => {
  const changed: (readonly [string, string])[] = []
  const removed: (readonly [string, string])[] = []
  for (const [space, steps] of delta) {
    const kept: (readonly [string, Json])[] = []
    const gone: string[] = []
    for (const [key, { after }] of steps)
      if (after === undefined) gone.push(key)
      else kept.push([key, after])
    if (kept.length > 0) changed.push([space, objectText(kept)])
    if (gone.length > 0) removed.push([space, JSON.stringify(gone)])
  }
  return `{"changed":${spacesText(selection, changed, '{}')},"removed":${spacesText(selection, removed, '[]')}}`
}
