// `konfig import FILE|DIR`: sends a file of any format, or a directory of Spring Cloud Config, and tells what became of it.
// What cannot be read is refused here, before anything is sent.
import { type FileFormat, fileFormats, formatOfName, readFile, readText } from '@konfig/files'
import { environmentFlag, namespaceFlag, writeFlags } from '../flags.ts'
import type { Query } from '../http/client.ts'
import { plain } from '../output/plain.ts'
import { cell } from '../output/table.ts'
import { CommandError, isCommandError, usage } from '../problem/problem.ts'
import { type Deps, type Given, textOf, verb } from '../verb.ts'
import { sendWrite, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { complaintsOf, refuseFiles } from './complaint.ts'
import { findFiles, type FoundFile } from './walk.ts'

interface Options {
  readonly path: string
  readonly format: FileFormat | undefined
  readonly namespace: string | undefined
  readonly environment: string | undefined
  readonly query: Query
  readonly write: WriteFlags
}

interface Conflict {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly environment?: string
  readonly detail: string
}

interface Imported {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly inferred: readonly { readonly namespace: string; readonly key: string; readonly type: string }[]
  readonly conflicts: readonly Conflict[]
  readonly notes: readonly string[]
  readonly revision: number
  readonly commits: number
}

interface Sending {
  readonly content: string | Uint8Array
  readonly format: FileFormat
  readonly name: string | undefined
  readonly notes: readonly string[]
}

/** How dumps begin: read as plain JSON, what the store itself counts would become keys, or be refused as such. */
const dumps: readonly (readonly [RegExp, FileFormat, store: string])[] = [
  [/^\s*\{\s*"header"\s*:\s*\{\s*"cluster_id"/, 'etcd', 'etcd'],
  [/^\s*\[\s*\{(?=[^}]*"flags"\s*:)(?=[^}]*"value"\s*:)[^}]*"key"\s*:/, 'consul', 'Consul'],
]

const checkDump = (path: string, bytes: Uint8Array): void => {
  const beginning = Buffer.from(bytes.subarray(0, 2000)).toString()
  const found = dumps.find(([pattern]) => pattern.test(beginning))
  if (found !== undefined)
    usage(
      `${path} looks like a dump of ${found[2]}.`,
      `Add --format ${found[1]} (and --prefix, to cut off the front of its paths); or --format json, if it is not one.`,
    )
}

/** What is named to the server; a bare name, or none for standard input. */
const fileSending = ({ path, name, bytes }: FoundFile, { format, namespace, query }: Options): Sending => {
  if (format === undefined) checkDump(path, bytes)
  const bare = name === '-' ? undefined : name
  const read = readFile({
    text: bytes,
    format,
    name: bare,
    namespace: namespace ?? (bare === undefined ? 'given' : undefined),
    prefix: query['prefix'] as string | undefined,
    entries: query['entries'] as 'files' | 'text' | undefined,
  })
  if (!read.ok) return refuseFiles(complaintsOf(path, read.failure))
  const known = format ?? (read.value.kind === 'manifests' ? 'manifest' : formatOfName(name))
  return {
    content: bytes,
    format: known ?? (/^\s*[{[]/.test(Buffer.from(bytes.subarray(0, 200)).toString()) ? 'json' : 'yaml'),
    name: bare,
    notes: [],
  }
}

const isManifestFile = ({ name, bytes }: FoundFile): boolean => {
  const read = readFile({ text: bytes, name, entries: 'files' })
  return read.ok && read.value.kind === 'manifests'
}

const directorySending = (
  files: readonly FoundFile[],
  passedOver: readonly string[],
  { path, namespace }: Options,
): Sending => {
  if (namespace !== undefined)
    usage('A directory names its namespaces itself, by its files.', 'Leave --namespace out, or import one file.')
  if (files.length === 0)
    usage(`${path} holds no file that is read here.`, `Files end in .yml, .yaml, .json, .properties, .toml or .env.`)
  const manifests = files.find(isManifestFile)
  if (manifests !== undefined)
    usage(`${manifests.path} holds manifests.`, `A directory of manifests is applied: \`konfig apply -f ${path}\`.`)
  const texts = files.map((file) => {
    const text = readText(file.bytes)
    return text.ok ? { name: file.name, text: text.value } : refuseFiles(complaintsOf(file.path, text.failure))
  })
  return {
    content: JSON.stringify(texts),
    format: 'directory',
    name: undefined,
    notes: passedOver.map((folder) => `${folder}: a folder in the directory is not looked into`),
  }
}

const sendingOf = async (options: Options, deps: Deps): Promise<Sending> => {
  const { path } = options
  if (path === '-')
    return fileSending({ path: 'standard input', name: '-', bytes: await deps.terminal.read() }, options)
  const { files, isFolder, passedOver } = await findFiles(path, {
    recursive: false,
    wanted: (name) => formatOfName(name) !== undefined,
  })
  const [file] = files
  if (!isFolder && file !== undefined) return fileSending(file, options)
  return directorySending(files, passedOver, options)
}

const sizeText = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`

/** Says every second that it still goes on; the server answers once, at the end. */
const whileWaiting = async <T>(text: string, { terminal, now }: Deps, work: () => Promise<T>): Promise<T> => {
  const began = now()
  terminal.progress(`${text} …`)
  const timer = setInterval(() => terminal.progress(`${text} … ${Math.round((now() - began) / 1000)} s`), 1000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    terminal.progress('')
  }
}

const mostShown = 20

const listed = (lines: readonly string[]): readonly string[] =>
  lines.length <= mostShown
    ? lines
    : [...lines.slice(0, mostShown), `  … and ${lines.length - mostShown} more; --json has all`]

const placeText = ({ kind, name, namespace, environment }: Conflict): string =>
  plain(
    `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${environment === undefined ? '' : ` in ${environment}`}`,
  )

const report = (done: Imported, dryRun: boolean, { output }: Deps): void => {
  const { created, changed, unchanged, inferred, conflicts, notes, commits, revision } = done
  const { notePaint: paint } = output
  const would = dryRun ? 'would be ' : ''
  const where =
    commits === 0
      ? ''
      : commits === 1
        ? `, as revision ${revision}`
        : `, in ${commits} commits up to revision ${revision}`
  const lines = [
    ...listed(notes.map((note) => paint.dim(`  ${plain(note)}`))),
    ...(inferred.length === 0 ? [] : ['Types that were inferred:']),
    ...listed(inferred.map(({ namespace, key, type }) => `  ${cell(`${namespace}/${key}`)}  ${paint.dim(type)}`)),
    ...(conflicts.length === 0 ? [] : [`${paint.yellow('!')} Left as they are:`]),
    ...listed(conflicts.map((conflict) => `  ${placeText(conflict)}: ${plain(conflict.detail)}`)),
    `${paint.green('✓')} ${would}${created} created, ${changed} changed, ${unchanged} as they were${where}`,
  ]
  output.say(lines.join('\n'))
}

/** The next step depends on what the file met. */
const advised = (reason: unknown): unknown => {
  if (!isCommandError(reason)) return reason
  const nexts: Readonly<Record<string, string>> = {
    import_conflicts:
      'Pass --on-conflict skip to leave what is there, or --on-conflict replace to let the file win; --dry-run shows what either does.',
    import_contradicts: 'Mend the file, or pass --on-conflict skip to leave these keys out.',
    unreachable: 'If it took too long, run it again with a larger --timeout: what is there already is left alone.',
  }
  const next = nexts[reason.problem.code]
  return next === undefined || (reason.problem.code === 'unreachable' && !/in time/.test(reason.problem.detail))
    ? reason
    : new CommandError({ ...reason.problem, next }, { cause: reason })
}

const queryOf = (given: Given): Query => ({
  onConflict: textOf(given, 'on-conflict'),
  prefix: textOf(given, 'prefix'),
  entries: textOf(given, 'entries'),
  profileAs: textOf(given, 'profile-as'),
  profiles: textOf(given, 'profiles'),
})

export const importVerb = verb<Options>({
  description:
    'A file becomes the namespace of its name, or of --namespace; its profiles become environments. A directory is read as Spring Cloud Config has it: application.yml for all, {app}.yml, {app}-{profile}.yml. Dumps of Consul and etcd name their namespaces by the first part of their paths. The same import again changes nothing.',
  arguments: [{ name: 'PATH', description: 'A file, a directory, or - for standard input' }],
  flags: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: fileFormats,
      description: "What the file is in; its name's ending says it otherwise",
    },
    namespaceFlag,
    { ...environmentFlag, description: 'Import as the values of this environment' },
    {
      name: 'on-conflict',
      value: 'HOW',
      choices: ['fail', 'skip', 'replace'],
      description: 'Where something else is there: fail (default), keep it, or replace it',
    },
    { name: 'prefix', value: 'PATH', description: 'Of dumps of Consul and etcd: cut off the front of every path' },
    {
      name: 'entries',
      value: 'HOW',
      choices: ['files', 'text'],
      description: 'Entries of a ConfigMap that are whole files: read them, or keep them as text',
    },
    {
      name: 'profile-as',
      value: 'WHAT',
      choices: ['environment', 'namespace'],
      description: 'What a profile in a file name becomes (environment)',
    },
    { name: 'profiles', value: 'LIST', description: 'Profiles that no pair of files shows, with commas' },
    ...writeFlags,
  ],
  examples: [
    'import vets-service.yml --dry-run',
    'import config-repo/ --profile-as environment',
    'import .env --namespace shop --environment dev --on-conflict replace',
    'import consul.json --format consul --prefix config',
  ],
  parse: (given) => ({
    path: given.arguments[0] ?? usage('No file is named.'),
    format: textOf(given, 'format') as FileFormat | undefined,
    namespace: textOf(given, 'namespace'),
    environment: textOf(given, 'environment'),
    query: queryOf(given),
    write: writeFlagsOf(given),
  }),
  run: async (options, deps) => {
    const { environment, namespace, query, write, path } = options
    const { content, format, name, notes } = await sendingOf(options, deps)
    const request = {
      method: 'POST' as const,
      path: '/import',
      query: { ...query, format, name, namespace, environment },
      raw: { mediaType: 'text/plain', content },
    }
    try {
      const { body } = await whileWaiting(`Importing ${path}, ${sizeText(content.length)}`, deps, () =>
        sendWrite({ request, flags: write, act: `import ${path}` }, deps),
      )
      const done = body as Imported
      const whole = { ...done, notes: [...notes, ...done.notes] }
      report(whole, write.dryRun, deps)
      if (deps.output.format !== 'table') await deps.output.show(whole, () => '')
    } catch (reason) {
      throw advised(reason)
    }
  },
})
