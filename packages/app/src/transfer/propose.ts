// What a file's content would have stored, read against what is there: types, definitions, the platform's keys. Pure.
// Owns how a plain file meets existing definitions; whether what is there gives way is decided in weigh.ts.
import {
  checkValue,
  configSpace,
  type Definition,
  type Intention,
  type JsonObject,
  overrideSpace,
  type Resource,
  type Side,
  type State,
} from '@konfig/core'
import type { PlainApplication, PlainConfig, PlainOverride } from '@konfig/files'

export interface Standing {
  readonly side: Side
  readonly state: State
  readonly platform: State
}

export type Put = Extract<Intention, { readonly op: 'put' }>

/** One resource that a file asks for. */
export interface Proposal {
  readonly intention: Put
  /** Set where a new definition gets its type from the value. */
  readonly inferred?: string
  /** Why what is there cannot simply take the value; replacing then replaces its definition. */
  readonly disagrees?: string
}

const definitionIn = (state: State, namespace: string, key: string): Resource | undefined =>
  state.get(configSpace(namespace), key)

const refersElsewhere = (value: unknown): boolean => typeof value === 'string' && value.includes('${CONFIG:')

const fits = ({ body }: Resource, { definition, value }: PlainConfig): boolean => {
  if (value === undefined || refersElsewhere(value)) return true
  return body['type'] === definition.type || checkValue(body as unknown as Definition, value).length === 0
}

const bodyWith = (body: JsonObject, { value }: PlainConfig): JsonObject =>
  value === undefined ? body : { ...body, value }

/** The new definition keeps what does not depend on the type. */
const retyped = (body: JsonObject, { definition, value }: PlainConfig): JsonObject => ({
  type: definition.type,
  ...(value === undefined ? {} : { value }),
  ...(body['description'] === undefined ? {} : { description: body['description'] }),
})

/** What a plain file does not speak of, the labels, stays as it is. */
const override = (
  namespace: string,
  key: string,
  environment: string | undefined,
  value: PlainConfig['value'],
  { side, state }: Pick<Standing, 'side' | 'state'>,
): readonly Proposal[] => {
  if (value === undefined) return []
  const labels = state.get(overrideSpace(namespace, side, environment), key)?.labels
  const place = { namespace, layer: side, ...(environment === undefined ? {} : { environment }) }
  return [{ intention: { op: 'put', kind: 'override', name: key, ...place, body: { value }, labels } }]
}

const base = (config: PlainConfig, namespace: string, { side, state, platform }: Standing): readonly Proposal[] => {
  const { key, definition, value } = config
  const own = definitionIn(state, namespace, key)
  const named = { op: 'put', kind: 'config', name: key, namespace } as const
  if (own !== undefined) {
    if (fits(own, config)) return [{ intention: { ...named, body: bodyWith(own.body, config), labels: own.labels } }]
    const disagrees = "is of another type than the file's value"
    return [{ intention: { ...named, body: retyped(own.body, config), labels: own.labels }, disagrees }]
  }
  if (side === 'tenant' && definitionIn(platform, namespace, key) !== undefined)
    return override(namespace, key, undefined, value, { side, state })
  return [
    {
      intention: { ...named, body: { type: definition.type, ...(value === undefined ? {} : { value }) } },
      inferred: definition.type,
    },
  ]
}

/** A key of a plain file as base value, or, where an environment is named, as that environment's override. */
export const proposeConfig = (
  config: PlainConfig,
  namespace: string,
  environment: string | undefined,
  standing: Standing,
): readonly Proposal[] => {
  if (environment === undefined) return base(config, namespace, standing)
  const { value: _, ...bare } = config
  // What is defined stays as it is, and so needs no right beyond the environment.
  const definition =
    definitionIn(standing.state, namespace, config.key) === undefined ? base(bare, namespace, standing) : []
  return [...definition, ...override(namespace, config.key, environment, config.value, standing)]
}

export const proposeOverride = (
  { key, environment, value }: PlainOverride,
  namespace: string,
  standing: Standing,
): readonly Proposal[] => override(namespace, key, environment, value, standing)

/** An application that a directory's files are for, where it is missing: one that is there is its owner's. */
export const proposeApplication = (
  { name, namespaces }: PlainApplication,
  { side, state }: Standing,
): readonly Proposal[] =>
  side === 'platform' || state.get('application', name) !== undefined
    ? []
    : [{ intention: { op: 'put', kind: 'application', name, body: { namespaces } } }]
