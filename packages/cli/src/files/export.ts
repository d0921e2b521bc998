// `konfig export`: configuration as files. Manifests by default; with --values what programs see; with other formats what a
// namespace stores. To standard output, or to a folder, each file whole or not at all.
import { disowned } from './directory-label.ts'
import { type Manifest, readFile, storedFormats, valuesFormats, writeManifests } from '@konfig/files'
import { join } from 'node:path'
import { environmentFlag, namespaceFlag } from '../flags.ts'
import { counted } from '../output/counted.ts'
import { checkForm } from '../output/output.ts'
import { refuse, usage } from '../problem/problem.ts'
import { type Deps, isSet, textOf, verb } from '../verb.ts'
import { writeWhole } from './write-file.ts'

interface Options {
  readonly format: string | undefined
  readonly folder: string | undefined
  readonly namespace: string | undefined
  readonly environment: string | undefined
  readonly layout: string | undefined
  readonly kinds: string | undefined
  readonly values: boolean
}

const endings: Readonly<Record<string, string>> = {
  spring: 'yml',
  configmap: 'yaml',
  consul: 'json',
  etcd: 'json',
  docker: 'env',
  manifest: 'yaml',
}
const endingOf = (format: string): string => endings[format] ?? format

const formats = [...new Set(['yaml', 'json', ...valuesFormats, ...storedFormats])]

/** Everything of a namespace in one file, what belongs to none in a file for each kind. */
const fileOf = ({ kind, metadata }: Manifest, ending: string): string => {
  const namespace = kind === 'namespace' ? metadata.name : metadata.namespace
  return namespace === undefined ? `${kind}s.${ending}` : join('namespaces', `${namespace}.${ending}`)
}

const manifestsIn = (text: string): readonly Manifest[] => {
  const read = readFile({ text, format: 'manifest' })
  if (!read.ok || read.value.kind !== 'manifests')
    return refuse({
      code: 'bug',
      outcome: 'bug',
      detail: 'The server exported something that is no list of manifests.',
    })
  return read.value.manifests.map(disowned)
}

const asManifests = async (options: Options, deps: Deps): Promise<readonly Manifest[]> => {
  const { namespace, kinds } = options
  const { text } = await deps.client.ask({ path: '/export', query: { format: 'json', namespace, kinds } })
  return manifestsIn(text)
}

/** Names of files come from a server: none leads out of the folder. */
const isBelow = (name: string): boolean =>
  !name.includes('\0') && !name.split(/[\\/]/).some((part) => ['', '.', '..'].includes(part))

const writeAll = async (files: ReadonlyMap<string, string>, folder: string, { output }: Deps): Promise<void> => {
  if (![...files.keys()].every(isBelow))
    refuse({
      code: 'path_outside',
      outcome: 'unavailable',
      detail: `The server names a file that would not lie in ${folder}; nothing was written.`,
      next: 'No server of Konfig has such names: see that the address is the right one.',
    })
  for (const [name, text] of files) await writeWhole(join(folder, name), text)
  if (output.format === 'table')
    output.say(`${output.notePaint.green('✓')} Wrote ${counted(files.size, 'file')} to ${folder}.`)
  else await output.show({ folder, files: [...files.keys()] }, () => '')
}

const toFolder = (manifests: readonly Manifest[], format: 'yaml' | 'json'): ReadonlyMap<string, string> => {
  const byFile = Map.groupBy(manifests, (manifest) => fileOf(manifest, format))
  return new Map([...byFile].map(([file, list]) => [file, writeManifests(list, format)]))
}

const namespacesIn = async (options: Options, deps: Deps): Promise<readonly string[]> => {
  if (options.namespace !== undefined) return [options.namespace]
  const manifests = await asManifests({ ...options, kinds: undefined }, deps)
  return [
    ...new Set(manifests.flatMap(({ metadata }) => (metadata.namespace === undefined ? [] : [metadata.namespace]))),
  ]
}

const plainText = async (
  format: string,
  namespace: string | undefined,
  { environment, layout, values }: Options,
  deps: Deps,
): Promise<string> => {
  const query = { format, namespace, environment, layout }
  if (!values) return (await deps.client.ask({ path: '/export', query })).text
  return (
    await deps.client.ask({
      path: '/values',
      query: { ...query, environment: environment ?? deps.settings.environment },
    })
  ).text
}

export const exportVerb = verb<Options>({
  description:
    'Without --values it is what is stored, and imports back exactly; a value that the format cannot hold is refused by name. With --values it is what programs see in an environment.',
  flags: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: formats,
      description: 'yaml and json are manifests, or with --values the values (yaml)',
    },
    { name: 'directory', short: 'o', value: 'DIR', description: 'Write files there instead of to standard output' },
    namespaceFlag,
    environmentFlag,
    { name: 'values', description: 'The resolved values of an environment' },
    { name: 'layout', value: 'HOW', choices: ['flat', 'nested'], description: 'Keys as they are, or as levels' },
    { name: 'kinds', value: 'LIST', description: 'Of manifests: only these kinds, with commas' },
  ],
  examples: [
    'export',
    'export -o config/',
    'export --values -e production -n shop -f env',
    'export -n vets-service -f spring',
  ],
  parse: (given) => {
    const options = {
      format: textOf(given, 'format'),
      folder: textOf(given, 'directory'),
      namespace: textOf(given, 'namespace'),
      environment: textOf(given, 'environment'),
      layout: textOf(given, 'layout'),
      kinds: textOf(given, 'kinds'),
      values: isSet(given, 'values'),
    }
    const isValues = (valuesFormats as readonly string[]).includes(options.format ?? 'yaml')
    if (options.values && !isValues)
      usage(`Values are not written as ${options.format ?? ''}.`, `Choose ${valuesFormats.join(', ')}.`)
    return options
  },
  run: async (options, deps) => {
    const { folder, namespace, values } = options
    if (folder === undefined) checkForm(options.format, deps.output)
    const format = options.format ?? (deps.output.format === 'json' && folder === undefined ? 'json' : 'yaml')
    const isManifests = !values && (format === 'yaml' || format === 'json')
    if (folder === undefined) {
      deps.terminal.write(
        isManifests
          ? writeManifests(await asManifests(options, deps), format)
          : await plainText(format, namespace, options, deps),
      )
      return
    }
    if (isManifests) return writeAll(toFolder(await asManifests(options, deps), format), folder, deps)
    const files = new Map<string, string>()
    for (const name of await namespacesIn(options, deps)) {
      const text = await plainText(format, name, options, deps)
      if (text !== '') files.set(`${name}.${endingOf(format)}`, text)
    }
    return writeAll(files, folder, deps)
  },
})
