// Exports configuration as manifests: the same state always gives the same text. Only what the caller may read, noted in the access log.
import {
  failure,
  type Identity,
  isKindName,
  type JsonObject,
  type KindName,
  KonfigError,
  kindNames,
  kinds,
  type Resource,
  type State,
} from '@konfig/core'
import { openSlices } from '@konfig/journal'
import { writeManifests } from '@konfig/files'
import { manifestOf } from '../changes/manifest.ts'
import { mayRead } from '../changes/readable.ts'
import { actorOf, check, type Context, notFound, statesOf } from '../context.ts'
import { findNamespace } from '../namespaces/find.ts'

export interface AskedExport {
  /** Kinds of configuration; all of them if left out. */
  readonly kinds?: readonly string[] | undefined
  /** One namespace and what is in it. */
  readonly namespace?: string | undefined
  readonly format?: 'yaml' | 'json' | undefined
}

export interface Exported {
  readonly text: string
  readonly count: number
  readonly revision: number
}

const maximumLength = 256 * 1024 * 1024

/** A tenant's settings are governance: whoever may import configuration may not set them, so an export has none. */
const wantedKinds = (asked: readonly string[] | undefined): ReadonlySet<KindName> => {
  const configuration = kindNames.filter((name) => kinds[name].group === 'configuration')
  if (asked === undefined) return new Set(configuration)
  return new Set(
    asked.map((name) => {
      if (isKindName(name) && configuration.includes(name)) return name
      throw new KonfigError(failure('malformed_request', { reason: `kinds are ${configuration.join(', ')}` }))
    }),
  )
}

const kindOfSpace = (space: string): KindName | undefined => {
  const kind = space.split('/', 1)[0] ?? ''
  return isKindName(kind) ? kind : undefined
}

const isWithin = (namespace: string | undefined, { kind, name, namespace: own }: Identity): boolean =>
  namespace === undefined || (kind === 'namespace' ? name === namespace : own === namespace)

async function* readable(
  context: Context,
  state: State,
  wanted: ReadonlySet<KindName>,
  namespace: string | undefined,
): AsyncGenerator<Resource> {
  const pause = openSlices()
  for (const space of state.spaces('')) {
    const kind = kindOfSpace(space)
    if (kind === undefined || !wanted.has(kind)) continue
    for (const resource of state.entries(space)) {
      const paused = pause()
      if (paused !== undefined) await paused
      if (isWithin(namespace, resource) && mayRead(context, resource, resource.body)) yield resource
    }
  }
}

const placeOf = ({ kind, namespace, layer, environment, name }: Resource): readonly string[] => [
  kind,
  namespace ?? '',
  layer ?? '',
  environment ?? '',
  name,
]

/** The order in which manifests are written, so that slices follow one another. */
const byPlace = (a: Resource, b: Resource): number => {
  const [left, right] = [placeOf(a), placeOf(b)]
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? ''
    if (part !== other) return part < other ? -1 : 1
  }
  return 0
}

/** JSON lists of one as one list: what lies between their brackets, with commas between. */
const joinJson = (slices: readonly string[]): string =>
  slices.length === 0
    ? '[]\n'
    : `[\n${slices.map((slice) => slice.slice(slice.indexOf('\n') + 1, slice.lastIndexOf('\n]'))).join(',\n')}\n]\n`

/** One by one: a few large ones take as long as many small ones. */
const write = async (resources: readonly Resource[], format: 'yaml' | 'json'): Promise<string> => {
  const slices: string[] = []
  let length = 0
  const pause = openSlices()
  for (const resource of resources) {
    const slice = writeManifests([manifestOf(resource)], format)
    length += slice.length
    if (length > maximumLength)
      throw new KonfigError(
        failure('too_large', { what: 'The export', limit: '256 MiB in one answer; name a namespace' }),
      )
    slices.push(slice)
    const paused = pause()
    if (paused !== undefined) await paused
  }
  return format === 'json' ? joinJson(slices) : slices.join('')
}

/** A namespace that the platform took away may still hold something; of one that never was, an empty file would pass for a copy. */
export const refuseNothing = (context: Context, namespace: string | undefined, found: number): void => {
  if (namespace !== undefined && found === 0 && findNamespace(statesOf(context), namespace) === undefined)
    throw notFound('namespace', namespace)
}

/** Resolves once the access log has it. */
export const noteExport = (
  { app, tenant, side, request, ...context }: Context,
  namespace: string | undefined,
  data: JsonObject,
): Promise<void> =>
  app.recordAccess(side === 'tenant' && tenant !== undefined ? tenant.access : app.platformAccess, {
    type: 'export',
    actor: actorOf(context),
    request: request.id,
    ...(namespace === undefined ? {} : { resource: `namespace/${namespace}` }),
    data,
  })

/** Refuses `denied`, `malformed_request`, `resource_not_found`, `too_large`. Resolves once the export is noted in the access log. */
export const exportManifests = async (context: Context, asked: AskedExport): Promise<Exported> => {
  const { log } = context
  const { namespace, format = 'yaml' } = asked
  check(context, 'config:read', namespace === undefined ? {} : { namespace })
  const wanted = wantedKinds(asked.kinds)
  const state = log.state()
  const resources: Resource[] = []
  for await (const resource of readable(context, state, wanted, namespace)) resources.push(resource)
  refuseNothing(context, namespace, resources.length)
  const text = await write(resources.sort(byPlace), format)
  await noteExport(context, namespace, { kinds: [...wanted], resources: resources.length, revision: state.revision })
  return { text, count: resources.length, revision: state.revision }
}
