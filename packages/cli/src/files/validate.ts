// `konfig validate`: checks files offline. Manifests are judged by core's rules, plain files by their format and, where their
// namespace is defined among the files or in --definitions, by the types there.
import { formatOfName, readFile } from '@konfig/files'
import { usage } from '../problem/problem.ts'
import { type Deps, isSet, textsOf, verb } from '../verb.ts'
import { type Complaint, complaintsOf, complaintText, exitCodeOf } from './complaint.ts'
import { judge, judgePlain, type Judged } from './judge.ts'
import { filesAt, sourcesIn, type Source } from './read-manifests.ts'
import type { FoundFile } from './walk.ts'

interface Options {
  readonly paths: readonly string[]
  readonly definitions: readonly string[]
  readonly side: 'tenant' | 'platform'
  readonly strict: boolean
}

interface ReadFiles {
  readonly sources: readonly Source[]
  readonly complaints: readonly Complaint[]
  readonly plain: (judged: Judged) => readonly Complaint[]
}

const nameOf = (name: string): { readonly name?: string; readonly namespace?: string } =>
  /^-$|^\.?env(\.|$)/i.test(name) ? { namespace: 'file' } : { name }

const readAll = (files: readonly FoundFile[]): ReadFiles => {
  const complaints: Complaint[] = []
  const sources: Source[] = []
  const plain: ((judged: Judged) => readonly Complaint[])[] = []
  for (const { path, name, bytes } of files) {
    const read = readFile({ text: bytes, entries: 'files', ...nameOf(name) })
    if (!read.ok) complaints.push(...complaintsOf(path, read.failure))
    else if (read.value.kind === 'manifests') sources.push(...sourcesIn([{ path, name, bytes }]).sources)
    else {
      const { plains } = read.value
      plain.push(({ state }) => plains.flatMap((one) => judgePlain(path, one, state)))
    }
  }
  return { sources, complaints, plain: (judged) => plain.flatMap((each) => each(judged)) }
}

const isRead = (name: string): boolean => formatOfName(name) !== undefined

const tell = async (
  files: number,
  complaints: readonly Complaint[],
  strict: boolean,
  { output, terminal }: Deps,
): Promise<void> => {
  const certain = complaints.filter(({ isOpen }) => isOpen !== true || strict)
  if (output.format !== 'table') return output.show({ files, valid: certain.length === 0, complaints }, () => '')
  for (const complaint of complaints) {
    const mark = complaint.isOpen === true && !strict ? output.notePaint.yellow('?') : output.notePaint.red('✗')
    terminal.note(
      `${mark} ${complaintText(complaint)}${complaint.isOpen === true && !strict ? ' It is not among the files; a server may have it.' : ''}`,
    )
  }
  if (certain.length === 0) output.say(`${output.notePaint.green('✓')} ${files} file${files === 1 ? '' : 's'} valid`)
}

export const validate = verb<Options>({
  description:
    'Needs no server. What a file refers to and is not among the files is marked with ?, and no error unless --strict: name what is there in --definitions, such as an export.',
  arguments: [{ name: 'PATH', description: 'Files and folders; - is standard input', many: true }],
  flags: [
    { name: 'definitions', value: 'PATH', many: true, description: 'Manifests that are taken to be there already' },
    { name: 'platform', description: "Judge as the platform's own, with policies and layers" },
    { name: 'strict', description: 'What is not among the files is an error' },
  ],
  examples: ['validate config/', 'validate vets-service.yml --definitions export.yaml', 'export | validate -'],
  parse: (given) => ({
    paths:
      given.arguments.length > 0 ? given.arguments : usage('No file is named.', 'Such as `konfig validate config/`.'),
    definitions: textsOf(given, 'definitions'),
    side: isSet(given, 'platform') ? 'platform' : 'tenant',
    strict: isSet(given, 'strict'),
  }),
  run: async ({ paths, definitions, side, strict }, deps) => {
    const known = sourcesIn(await filesAt(definitions, isRead, deps))
    const files = await filesAt(paths, isRead, deps)
    const read = readAll(files)
    const judged = judge(
      read.sources,
      known.sources.map(({ manifest }) => manifest),
      side,
    )
    const complaints = [...known.complaints, ...read.complaints, ...judged.complaints, ...read.plain(judged)]
    await tell(files.length, complaints, strict, deps)
    return exitCodeOf(strict ? complaints.map(({ isOpen: _open, ...complaint }) => complaint) : complaints)
  },
})
