// `konfig apply -f DIR`: makes a tenant be as a directory of manifests says, in one commit. Shows what that does, asks, and
// refuses where somebody was faster. Nothing is half done: the whole of it is one request.
import { resolve, basename } from 'node:path'
import { writeFlags } from '../flags.ts'
import { counted } from '../output/counted.ts'
import { refuse, usage } from '../problem/problem.ts'
import { type Deps, type Flag, type Given, isSet, textOf, textsOf, verb } from '../verb.ts'
import { confirm, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { refuseFiles } from './complaint.ts'
import { type Plan, planOf } from './plan.ts'
import { applyChanges } from './preview.ts'
import { filesAt, isManifestName, sourcesIn } from './read-manifests.ts'
import { planLines } from './show-plan.ts'

export interface DirectoryOptions {
  readonly paths: readonly string[]
  readonly name: string
  readonly prune: boolean
  readonly takeOver: boolean
}

interface Options extends DirectoryOptions {
  readonly overwrite: boolean
  readonly write: WriteFlags
}

export const directoryFlags: readonly Flag[] = [
  {
    name: 'file',
    short: 'f',
    value: 'PATH',
    many: true,
    description: 'A folder or file of manifests; - is standard input',
  },
  { name: 'name', value: 'NAME', description: "What the directory is called on the server (the folder's name)" },
  { name: 'prune', description: 'Delete what the directory owned and no longer has; needs --name' },
  { name: 'take-over', description: 'Take resources that another directory owns' },
]

const slug = /^[a-z0-9][a-z0-9._/-]{0,99}$/

const nameFor = (given: Given, paths: readonly string[]): string => {
  const name = textOf(given, 'name')
  if (name === undefined && isSet(given, 'prune'))
    usage(
      '--prune deletes what belongs to a directory of this name, so the name must be said.',
      'Add --name NAME, one that no other directory of this tenant has.',
    )
  const found =
    name ??
    basename(resolve(paths[0] ?? '.'))
      .toLowerCase()
      .replace(/[^a-z0-9._-]/g, '-')
      .replace(/^[^a-z0-9]+/, '')
  return slug.test(found)
    ? found
    : usage('The name of the directory is not usable.', 'Add --name NAME: a-z, 0-9, dots, hyphens and slashes.')
}

export const directoryOptions = (given: Given): DirectoryOptions => {
  const paths = [...textsOf(given, 'file'), ...given.arguments]
  if (paths.length === 0) usage('No directory is named.', 'Such as -f config/.')
  return { paths, name: nameFor(given, paths), prune: isSet(given, 'prune'), takeOver: isSet(given, 'take-over') }
}

export const planFor = async ({ paths, name, prune, takeOver }: DirectoryOptions, deps: Deps): Promise<Plan> => {
  const { sources, complaints } = sourcesIn(await filesAt(paths, isManifestName, deps))
  if (complaints.length > 0) refuseFiles(complaints)
  deps.terminal.progress(`Comparing ${counted(sources.length, 'resource')} …`)
  return planOf(sources, { directory: name, prune, takeOver }, deps)
}

const drifted = ({ changes }: Plan): number => changes.filter(({ isDrifted }) => isDrifted).length

/** Whoever is asked sees it; where nobody is, others' changes are not undone unseen. */
const checkDrift = (plan: Plan, { overwrite, write }: Options): void => {
  const count = drifted(plan)
  if (count > 0 && write.yes && !overwrite)
    refuse({
      code: 'drifted',
      outcome: 'conflict',
      detail: `${counted(count, 'resource was', 'resources were')} changed by others since the directory was last applied.`,
      next: 'Take their changes into the files (`konfig export`), or pass --overwrite to undo them.',
    })
}

export const apply = verb<Options>({
  description:
    'All files are one commit: everything is applied or nothing. What was changed on the server since the last apply is named, with who did it and when.',
  arguments: [{ name: 'PATH', description: 'The same as --file', optional: true, many: true }],
  flags: [
    ...directoryFlags,
    { name: 'overwrite', description: 'With --yes: also undo what others changed since the last apply' },
    ...writeFlags,
  ],
  examples: ['apply -f config/', 'apply -f config/ --name shop --prune --yes', 'diff -f config/'],
  parse: (given) => ({ ...directoryOptions(given), overwrite: isSet(given, 'overwrite'), write: writeFlagsOf(given) }),
  run: async (options, deps) => {
    const { output, terminal } = deps
    const { write, prune, name } = options
    const plan = await planFor(options, deps)
    const { sent: _, ...shown } = plan
    const isQuiet = output.format !== 'table'
    if (!isQuiet) terminal.note(planLines(plan, prune, output.notePaint).join('\n'))
    if (plan.sent.length === 0 || write.dryRun) {
      if (isQuiet) await output.show({ ...shown, commit: null }, () => '')
      return
    }
    checkDrift(plan, options)
    await confirm('Apply this?', `apply ${name}`, write.yes, deps)
    const applied = await applyChanges(plan.sent, plan.revision, write.message ?? `Apply ${name}`, deps)
    if (isQuiet) await output.show({ ...shown, ...applied }, () => '')
    else output.say(`${output.notePaint.green('✓')} Applied as revision ${applied.revision}.`)
  },
})
