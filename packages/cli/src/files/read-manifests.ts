// The manifests of files, each with the place that it stands at. Plain files among them are named: they are imported, not applied.
import { formatOfName, type Manifest, readFile } from '@konfig/files'
import { usage } from '../problem/problem.ts'
import type { Deps } from '../verb.ts'
import { type Complaint, complaintsOf } from './complaint.ts'
import { findFiles, type FoundFile } from './walk.ts'

export interface Source {
  readonly manifest: Manifest
  readonly file: string
  readonly line: number
}

export interface Sources {
  readonly sources: readonly Source[]
  readonly complaints: readonly Complaint[]
}

/** Manifests are YAML or JSON. */
export const isManifestName = (name: string): boolean => ['yaml', 'json'].includes(formatOfName(name) ?? '')

const standardInput = async ({ terminal }: Pick<Deps, 'terminal'>): Promise<FoundFile> => ({
  path: 'standard input',
  name: '-',
  bytes: await terminal.read(),
})

/** The files at each path; `-` is standard input. A path that is named is read whatever its name. */
export const filesAt = async (
  paths: readonly string[],
  wanted: (name: string) => boolean,
  deps: Pick<Deps, 'terminal'>,
): Promise<readonly FoundFile[]> => {
  const found: FoundFile[] = []
  for (const path of paths) {
    if (path === '-') found.push(await standardInput(deps))
    else {
      const { files, isFolder } = await findFiles(path, { recursive: true, wanted })
      if (isFolder && files.length === 0)
        usage(`${path} holds no file that is read here.`, 'Files of manifests end in .yaml, .yml or .json.')
      found.push(...files)
    }
  }
  return found
}

export const sourcesIn = (files: readonly FoundFile[]): Sources => {
  const sources: Source[] = []
  const complaints: Complaint[] = []
  for (const { path, bytes } of files) {
    const read = readFile({ text: bytes, format: 'manifest' })
    if (!read.ok) complaints.push(...complaintsOf(path, read.failure))
    else if (read.value.kind === 'manifests') {
      const { manifests, lines } = read.value
      sources.push(...manifests.map((manifest, index) => ({ manifest, file: path, line: lines[index] ?? 1 })))
    }
  }
  return { sources, complaints }
}
