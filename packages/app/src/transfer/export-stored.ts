// Exports the values that namespaces store themselves as plain files, which import reads back exactly. Only what the caller may
// read, noted in the access log. Resolved values are read elsewhere.
import { configSpace, failure, type Json, KonfigError, overrideSpace, type Resource, type State } from '@konfig/core'
import { inSlices } from '@konfig/journal'
import type { Layout, StoredFormat, StoredGroup } from '@konfig/files'
import { mayRead } from '../changes/readable.ts'
import { check, type Context } from '../context.ts'
import { type Exported, noteExport, refuseNothing } from './export.ts'
import { writeStoredApart } from '../threads/write-file.ts'

export interface AskedStored {
  readonly kinds?: string | undefined
  readonly namespace?: string | undefined
  /** Only what is set for this environment. */
  readonly environment?: string | undefined
  readonly format: StoredFormat
  readonly layout?: Layout | undefined
}

/** These say which namespace a key is of; the others hold one. */
const namesNamespaces: readonly StoredFormat[] = ['configmap', 'consul', 'etcd']
/** These say which environment a value is for. */
const namesEnvironments: readonly StoredFormat[] = ['spring', 'consul', 'etcd']

const malformed = (reason: string): KonfigError => new KonfigError(failure('malformed_request', { reason }))

const namespacesOf = (state: State, platform: State): readonly string[] =>
  [...new Set([...state.entries('namespace'), ...platform.entries('namespace')].map(({ name }) => name))].sort()

const environmentsOf = (state: State, namespace: string, layer: string): readonly string[] => {
  const prefix = overrideSpace(namespace, layer)
  return [...state.spaces(prefix)]
    .map((space) => space.slice(prefix.length))
    .filter((name) => name !== '')
    .sort()
}

/** In no order. Base values are those of definitions, and overrides of the layer's own that name no environment. */
const groupOf = async (
  context: Context,
  state: State,
  namespace: string,
  environment: string | undefined,
): Promise<StoredGroup> => {
  const values = new Map<string, Json>()
  function* stored(): Generator<Resource> {
    if (environment === undefined) yield* state.entries(configSpace(namespace))
    yield* state.entries(overrideSpace(namespace, context.side, environment))
  }
  await inSlices(stored(), (resource) => {
    const { value } = resource.body
    if (value !== undefined && mayRead(context, resource, resource.body)) values.set(resource.name, value)
  })
  return { namespace, environment, values: [...values] }
}

/** Refuses `malformed_request`, `resource_not_found`, `value_unwritable`, `names_collide`, `denied`, `too_large`, `overloaded`. */
export const exportStored = async (context: Context, asked: AskedStored): Promise<Exported> => {
  const { log, side, app } = context
  const { namespace, environment, format, layout = 'flat' } = asked
  check(context, 'config:read', namespace === undefined ? {} : { namespace })
  if (asked.kinds !== undefined) throw malformed('kinds are for manifests; leave them out')
  if (namespace === undefined && !namesNamespaces.includes(format))
    throw malformed(`${format} holds one namespace; name it`)
  const state = log.state()
  const groups: StoredGroup[] = []
  for (const name of namespace === undefined ? namespacesOf(state, app.platform.state()) : [namespace]) {
    const environments =
      environment !== undefined
        ? [environment]
        : [undefined, ...(namesEnvironments.includes(format) ? environmentsOf(state, name, side) : [])]
    for (const each of environments) groups.push(await groupOf(context, state, name, each))
  }
  const filled = groups.filter(({ values }) => values.length > 0)
  const count = filled.reduce((total, { values }) => total + values.length, 0)
  refuseNothing(context, namespace, count)
  const text = await writeStoredApart(filled, format, layout)
  await noteExport(context, namespace, { format, resources: count, revision: state.revision })
  return { text, count, revision: state.revision }
}
