// `konfig promote`: copies values from one environment to another, as overrides there. Shows what that changes, also further
// down, and asks; one commit, on exactly what was shown.
import { isObject, maximumChanges } from '@konfig/core'
import { type Manifest, readFile } from '@konfig/files'
import { writeFlags } from '../flags.ts'
import { counted } from '../output/counted.ts'
import { plain } from '../output/plain.ts'
import { refuse, usage } from '../problem/problem.ts'
import { type Deps, textOf, textsOf, verb } from '../verb.ts'
import { type Key, keyOf, parseKey } from '../values/place.ts'
import { confirm, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { applyChanges, type Change, previewOf } from './preview.ts'
import { effectLines } from './show-plan.ts'

interface Options {
  readonly from: string
  readonly to: string
  readonly names: readonly string[]
  readonly namespaces: readonly string[]
  readonly write: WriteFlags
}

type Values = { readonly [key: string]: unknown }
type AllValues = { readonly [namespace: string]: Values }

const valuesIn = async (environment: string, namespaces: readonly string[], { client }: Deps): Promise<AllValues> => {
  const read: Record<string, Values> = {}
  for (const namespace of namespaces) {
    const { body } = await client.ask({ path: `/values/${encodeURIComponent(namespace)}`, query: { environment } })
    read[namespace] = (body as { readonly values: AllValues }).values[namespace] ?? {}
  }
  return read
}

/** The keys that were named, and all of the namespaces that were. */
const chosenIn = (named: readonly Key[], namespaces: readonly string[], from: AllValues): readonly Key[] => {
  const whole = namespaces.flatMap((namespace) => Object.keys(from[namespace] ?? {}).map((key) => ({ namespace, key })))
  const single = named.filter(({ namespace }) => !namespaces.includes(namespace))
  return [...single, ...whole]
}

const hasReference = (value: unknown): boolean => JSON.stringify(value).includes('${')

interface Stored {
  readonly manifests: readonly Manifest[]
  readonly revision: number
}

const storedIn = async (namespaces: readonly string[], { client }: Deps): Promise<Stored> => {
  const manifests: Manifest[] = []
  let revision = Number.POSITIVE_INFINITY
  for (const namespace of namespaces) {
    const { text, headers } = await client.ask({ path: '/export', query: { format: 'json', namespace } })
    const read = readFile({ text, format: 'manifest' })
    if (read.ok && read.value.kind === 'manifests') manifests.push(...read.value.manifests)
    revision = Math.min(revision, Number(headers['konfig-point']?.split('-')[1]))
  }
  return { manifests, revision }
}

const chainOf = async (environment: string, { client }: Deps): Promise<readonly string[]> => {
  const { body } = await client.ask({ path: '/environments', query: { limit: 1000 } })
  const { items } = body as { readonly items: readonly { readonly name: string; readonly parent?: string | null }[] }
  const chain: string[] = []
  for (let name: string | undefined = environment; name !== undefined && !chain.includes(name); ) {
    chain.push(name)
    const found = items.find((item) => item.name === name)
    name = found?.parent ?? undefined
  }
  return chain
}

const isAt = ({ kind, metadata }: Manifest, { namespace, key }: Key, environment: string | undefined): boolean =>
  metadata.namespace === namespace &&
  metadata.name === key &&
  metadata.environment === environment &&
  (kind === 'override' || (kind === 'config' && environment === undefined))

/** As it is written, where that refers to others: what a reference comes to belongs to the environment that it is read in. */
const writtenAt = (key: Key, chain: readonly string[], { manifests }: Stored): unknown => {
  for (const environment of [...chain, undefined]) {
    const found = manifests.filter((manifest) => isAt(manifest, key, environment)).at(-1)
    if (found !== undefined && isObject(found.spec) && found.spec['value'] !== undefined) return found.spec['value']
  }
  return undefined
}

const changesFor = (
  keys: readonly Key[],
  from: AllValues,
  to: AllValues,
  chain: readonly string[],
  stored: Stored,
  environment: string,
): readonly Change[] =>
  keys.flatMap(({ namespace, key }): readonly Change[] => {
    const value = from[namespace]?.[key]
    if (value === undefined || JSON.stringify(value) === JSON.stringify(to[namespace]?.[key])) return []
    const written = writtenAt({ namespace, key }, chain, stored)
    const there = stored.manifests.find(
      (manifest) => manifest.kind === 'override' && isAt(manifest, { namespace, key }, environment),
    )
    const labels = there?.metadata.labels
    return [
      {
        op: 'put',
        resource: {
          kind: 'override',
          metadata: { name: key, namespace, layer: 'tenant', environment, ...(labels === undefined ? {} : { labels }) },
          spec: {
            value: (written !== undefined && hasReference(written) ? written : value) as NonNullable<
              Manifest['spec'][string]
            >,
          },
        },
      },
    ]
  })

/** Somebody who names a key means one that is there. */
const checkNamed = (named: readonly Key[], from: AllValues, environment: string): void => {
  const absent = named.filter(({ namespace, key }) => from[namespace]?.[key] === undefined)
  if (absent.length > 0)
    refuse({
      code: 'no_value',
      outcome: 'not_found',
      detail: `${absent.map(({ namespace, key }) => plain(`${namespace}/${key}`)).join(', ')} ${absent.length === 1 ? 'has' : 'have'} no value in ${environment}.`,
      next: `See \`konfig list --environment ${environment}\`.`,
    })
}

const countText = (count: number): string => counted(count, 'value')

export const promote = verb<Options>({
  description:
    'Values are copied as they come out in one environment, and become overrides of the other; references stay references. Nothing is taken away there.',
  arguments: [
    { name: 'NAMESPACE/KEY', description: 'The keys to copy; or name whole namespaces', optional: true, many: true },
  ],
  flags: [
    { name: 'from', value: 'NAME', description: 'The environment to copy from' },
    { name: 'to', value: 'NAME', description: 'The environment to copy to' },
    { name: 'namespace', short: 'n', value: 'NAME', many: true, description: 'All keys of a namespace' },
    ...writeFlags,
  ],
  examples: [
    'promote billing/timeout --from staging --to production',
    'promote --from staging --to production --namespace billing',
  ],
  parse: (given) => {
    const [from, to] = ['from', 'to'].map((name) => textOf(given, name))
    if (from === undefined || to === undefined)
      return usage('From where to where is not said.', 'Such as --from staging --to production.')
    if (from === to) usage('Both environments are the same.')
    return { from, to, names: given.arguments, namespaces: textsOf(given, 'namespace'), write: writeFlagsOf(given) }
  },
  run: async (options, deps) => {
    const { from, to, names, write } = options
    const { output, settings, terminal } = deps
    const named = names.map((name) => keyOf(parseKey(name), settings))
    const whole =
      named.length + options.namespaces.length === 0 && settings.namespace !== undefined
        ? [settings.namespace]
        : options.namespaces
    const namespaces = [...new Set([...named.map(({ namespace }) => namespace), ...whole])]
    if (namespaces.length === 0)
      usage('What to copy is not said.', 'Name keys, as NAMESPACE/KEY, or a namespace with --namespace.')
    terminal.progress(`Comparing ${from} and ${to} …`)
    // What is stored is read first: its revision is the one that the change insists on.
    const stored = await storedIn(namespaces, deps)
    const [source, target] = [await valuesIn(from, namespaces, deps), await valuesIn(to, namespaces, deps)]
    checkNamed(named, source, from)
    const keys = chosenIn(named, whole, source)
    const changes = changesFor(keys, source, target, await chainOf(from, deps), stored, to)
    if (changes.length > maximumChanges)
      refuse({
        code: 'too_large',
        outcome: 'too_large',
        detail: `${changes.length} values are more than one commit takes, which is ${maximumChanges}.`,
        next: 'Promote fewer keys at a time.',
      })
    if (changes.length === 0) {
      output.say(`Nothing to do: ${counted(keys.length, 'value is', 'values are')} the same in ${from} and ${to}.`)
      if (output.format !== 'table')
        await output.show({ revision: stored.revision, commit: null, changes: [], values: [] }, () => '')
      return
    }
    const preview = await previewOf(changes, stored.revision, deps)
    if (output.format === 'table') terminal.note(effectLines(preview, output.notePaint).join('\n'))
    if (write.dryRun) {
      if (output.format !== 'table') await output.show({ ...preview, commit: null }, () => '')
      return
    }
    await confirm(`Copy ${countText(changes.length)} from ${from} to ${to}?`, `promote to ${to}`, write.yes, deps)
    const done = await applyChanges(changes, preview.revision, write.message ?? `Promote ${from} to ${to}`, deps)
    if (output.format === 'table')
      output.say(
        `${output.notePaint.green('✓')} ${countText(changes.length)} promoted to ${to}, as revision ${done.revision}.`,
      )
    else await output.show({ ...preview, ...done }, () => '')
  },
})
