// Reads a file of any format that is taken: manifests, or a plain file that becomes one namespace.
import { ok, type Result } from '@konfig/core'
import { readJson } from './json.ts'
import { areManifests, type Manifest, readManifests } from './manifest.ts'
import { isSlug, namespaceOf } from './name.ts'
import { type Plain, readPlain } from './plain.ts'
import { readProperties } from './properties.ts'
import { reading, refuseFile, stop } from './refusal.ts'
import { textOf } from './text.ts'
import type { Tree } from './tree.ts'
import { readYaml } from './yaml.ts'

export type FileFormat = 'yaml' | 'json' | 'properties' | 'manifest'
export const fileFormats: readonly FileFormat[] = ['yaml', 'json', 'properties', 'manifest']

export interface FileInput {
  readonly text: string | Uint8Array
  /** `manifest` takes YAML or JSON. Without a format the name's ending decides, then the first character. */
  readonly format?: FileFormat
  /** A bare file name, `vets-service.yml`; never a path. */
  readonly name?: string
  /** Of a plain file; without it, the name's. */
  readonly namespace?: string
}

export type FileContent =
  | { readonly kind: 'manifests'; readonly manifests: readonly Manifest[] }
  | { readonly kind: 'plain'; readonly plain: Plain }

const endings: readonly (readonly [RegExp, FileFormat])[] = [
  [/\.ya?ml$/i, 'yaml'],
  [/\.json$/i, 'json'],
  [/\.properties$/i, 'properties'],
]

const formatOf = (name: string | undefined, text: string): FileFormat =>
  endings.find(([ending]) => ending.test(name ?? ''))?.[1] ?? (/^\s*[{[]/.test(text) ? 'json' : 'yaml')

const parse = (format: FileFormat, text: string): readonly Tree[] => {
  if (format === 'properties') return readProperties(text)
  if (format === 'json' || (format === 'manifest' && /^\s*[{[]/.test(text))) return [readJson(text)]
  return readYaml(text)
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

/** What a file says, or why it cannot be taken: `import_invalid` with a line for each reason. Nothing is ever half read. */
export const readFile = (input: FileInput): Result<FileContent> => {
  const read = reading(() => {
    const text = textOf(input.text)
    const documents = parse(input.format ?? formatOf(input.name, text), text)
    if (input.format === 'manifest' || (input.format !== 'properties' && areManifests(documents)))
      return readManifests(documents)
    return { plain: readPlain(documents, namespaceFor(input)) }
  })
  if (!read.ok) return read
  if ('plain' in read.value) return ok({ kind: 'plain', plain: read.value.plain })
  const { manifests, refusals } = read.value
  return refusals.length > 0 ? refuseFile(refusals) : ok({ kind: 'manifests', manifests })
}
