// Reads a file of any format that is taken: manifests, or plain files that become namespaces. Owns which reader a file gets.
import { ok, type Result } from '@konfig/core'
import { areConfigMaps, entriesOf, namespaceOfConfigMap, readConfigMaps } from './config-map.ts'
import { readConsul } from './consul.ts'
import { readDockerEnv } from './docker-env.ts'
import { readDotenv } from './dotenv.ts'
import { readEtcd } from './etcd.ts'
import { readJson } from './json.ts'
import { areManifests, type Manifest, readManifests } from './manifest.ts'
import { isSlug, namespaceOf } from './name.ts'
import { type PathMapping, spread } from './paths.ts'
import { type Document, type Plain, readPlain } from './plain.ts'
import { readProperties } from './properties.ts'
import { inFile, reading, refuseFile, stop } from './refusal.ts'
import { type Directory, readSpring, type SpringOptions } from './spring.ts'
import { textOf } from './text.ts'
import { readToml } from './toml.ts'
import { childOf, type Tree } from './tree.ts'
import { readYaml } from './yaml.ts'

export const fileFormats = [
  'yaml',
  'json',
  'toml',
  'properties',
  'env',
  'docker',
  'configmap',
  'consul',
  'etcd',
  'directory',
  'manifest',
] as const
export type FileFormat = (typeof fileFormats)[number]

export interface FileInput extends SpringOptions {
  readonly text: string | Uint8Array
  /**
   * `manifest` takes YAML or JSON, `directory` a JSON list of `{name, text}`. Without a format the name's ending decides, then
   * the first character; ConfigMaps and manifests are known by what they say of themselves.
   */
  readonly format?: FileFormat | undefined
  /** A bare file name, `vets-service.yml`; never a path. */
  readonly name?: string | undefined
  /** Of a plain file; without it, the name's, or what the file names itself. */
  readonly namespace?: string | undefined
  /** Of dumps of key-value stores: what is cut off the front of every path. */
  readonly prefix?: string | undefined
  /** Entries of a ConfigMap that are whole files: `files` reads them, `text` keeps each as one value. Without it they are refused. */
  readonly entries?: 'files' | 'text' | undefined
}

export type FileContent =
  | {
      readonly kind: 'manifests'
      readonly manifests: readonly Manifest[]
      /** Where each of them begins. */
      readonly lines: readonly number[]
    }
  | ({ readonly kind: 'plain' } & Directory)

const endings: readonly (readonly [RegExp, FileFormat])[] = [
  [/\.ya?ml$/i, 'yaml'],
  [/\.json$/i, 'json'],
  [/\.toml$/i, 'toml'],
  [/\.properties$/i, 'properties'],
  [/(?:^|\.)env(?:\.[\w-]+)?$/i, 'env'],
]

/** What a file's name says of its format; undefined where nothing is read from such files by themselves. */
export const formatOfName = (name: string): FileFormat | undefined => endings.find(([ending]) => ending.test(name))?.[1]

const formatOf = (name: string | undefined, text: string): FileFormat =>
  formatOfName(name ?? '') ?? (/^\s*[{[]/.test(text) ? 'json' : 'yaml')

const parse = (format: FileFormat, text: string): readonly Tree[] => {
  if (format === 'properties') return readProperties(text)
  if (format === 'toml') return readToml(text)
  if (format === 'env') return readDotenv(text)
  if (format === 'docker') return readDockerEnv(text)
  const braces = /^\s*[{[]/.test(text)
  return format === 'json' ||
    format === 'consul' ||
    format === 'etcd' ||
    format === 'directory' ||
    (format !== 'yaml' && braces)
    ? [readJson(text, format === 'consul' || format === 'etcd')]
    : readYaml(text)
}

const namespaceFor = ({ namespace, name }: FileInput): string => {
  if (namespace !== undefined)
    return isSlug(namespace) ? namespace : stop('the namespace is no name: use a-z, 0-9, _ and -, 63 at most')
  if (name === undefined) return stop('a plain file needs a namespace')
  return (
    namespaceOf(name) ??
    stop("the file's name cannot be a namespace: use a-z, 0-9, _ and -, no folders; or name a namespace")
  )
}

const alone = (plains: readonly Plain[], notes: readonly string[] = []): Directory => ({
  plains,
  applications: [],
  notes,
})

const pathsOf = (trees: readonly Tree[], input: FileInput): Directory => {
  const [tree] = trees
  const entries = tree === undefined ? [] : input.format === 'etcd' ? readEtcd(tree) : readConsul(tree)
  const mapping: PathMapping = {
    prefix: input.prefix,
    ...(input.namespace === undefined ? {} : { namespace: namespaceFor(input) }),
  }
  const spreadOut = spread(entries, mapping)
  return alone(spreadOut.map(({ namespace, documents }) => readPlain(documents, namespace)))
}

const configMapsOf = (trees: readonly Tree[], input: FileInput): Directory => {
  const notes: string[] = []
  const documents = new Map<string, Document[]>()
  for (const map of readConfigMaps(trees)) {
    const namespace = input.namespace === undefined ? namespaceOfConfigMap(map) : namespaceFor(input)
    const list = documents.get(namespace) ?? []
    documents.set(namespace, list)
    list.push(...entriesOf(map))
    for (const { name, text, line } of map.files) {
      if (input.entries === undefined)
        stop(
          'has an entry that is a whole file; say whether to read it as files do, or to keep it as text (entries=files or text)',
          line,
        )
      if (input.entries === 'text')
        list.push({
          tree: { kind: 'map', line, entries: [{ key: name, line, tree: { kind: 'scalar', line, value: text } }] },
        })
      else {
        notes.push(`${map.name}: ${name} was read as a file`)
        list.push(...parse(formatOfName(name) ?? 'yaml', textOf(text)).map((tree) => ({ tree, file: name })))
      }
    }
  }
  return alone(
    [...documents].map(([namespace, list]) => readPlain(list, namespace)),
    notes,
  )
}

const directoryOf = (tree: Tree | undefined, input: FileInput): Directory => {
  if (tree?.kind !== 'list') return stop('a directory is a JSON list of objects with name and text')
  const files = tree.items.map((item) => {
    const [name, text] = ['name', 'text'].map((field) => childOf(item, field)) as [Tree | undefined, Tree | undefined]
    if (
      name?.kind !== 'scalar' ||
      text?.kind !== 'scalar' ||
      typeof name.value !== 'string' ||
      typeof text.value !== 'string'
    )
      return stop('a directory is a JSON list of objects with name and text')
    return { name: name.value, text: text.value }
  })
  return readDirectory(files, input)
}

const readDirectory = (
  files: readonly { readonly name: string; readonly text: string | Uint8Array }[],
  options: SpringOptions,
): Directory => {
  if (files.length === 0) return stop('the directory has no file that is read here')
  return readSpring(
    files.map(({ name, text }) => {
      const format = /[/\\]/.test(name) ? undefined : formatOfName(name)
      if (format === undefined)
        return stop('the directory has a file whose name is a path, or ends in nothing that is read here')
      return { name, documents: inFile(name, () => parse(format, textOf(text))) }
    }),
    options,
  )
}

const plainOf = (trees: readonly Tree[], input: FileInput): Directory =>
  alone([
    readPlain(
      trees.map((tree) => ({ tree })),
      namespaceFor(input),
    ),
  ])

type Read = ReturnType<typeof readManifests> | Directory

const contentOf = (input: FileInput): Read => {
  const text = textOf(input.text)
  const format = input.format ?? formatOf(input.name, text)
  const trees = parse(format, text)
  if (format === 'directory') return directoryOf(trees[0], input)
  if (format === 'consul' || format === 'etcd') return pathsOf(trees, { ...input, format })
  if (format === 'configmap' || ((format === 'yaml' || format === 'json') && areConfigMaps(trees)))
    return configMapsOf(trees, input)
  if (format === 'manifest' || ((format === 'yaml' || format === 'json') && areManifests(trees)))
    return readManifests(trees)
  return plainOf(trees, input)
}

/** What a file says, or why it cannot be taken: `import_invalid` with a line for each reason. Nothing is ever half read. */
export const readFile = (input: FileInput): Result<FileContent> => {
  const read = reading(() => contentOf(input))
  if (!read.ok) return read
  if ('plains' in read.value) return ok({ kind: 'plain', ...read.value })
  const { manifests, lines, refusals } = read.value
  return refusals.length > 0 ? refuseFile(refusals) : ok({ kind: 'manifests', manifests, lines })
}

/** The text that bytes are, or why they are none: for whoever sends files on. */
export const readText = (bytes: Uint8Array): Result<string> => reading(() => textOf(bytes))
