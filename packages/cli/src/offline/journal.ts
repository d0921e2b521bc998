// Work on a journal without a server: opens it with the KONFIG_ options that a server reads, and tells its failures in our terms.
import type { Work } from '@konfig/server/offline'
import { type Deps, type Flag, type Given, textOf } from '../verb.ts'
import { CommandError } from '../problem/problem.ts'

/** As of `konfig serve`. */
export const journalFlags: readonly Flag[] = [
  { name: 'data', value: 'FOLDER', description: 'Folder of the data (./data); KONFIG_DATA' },
  {
    name: 'journal',
    value: 'PLACE',
    description:
      'Where the logs are: sqlite:PATH, postgres://…, mysql://…, mongodb://… or dynamodb://…; KONFIG_JOURNAL',
  },
]

export interface JournalGiven {
  readonly data: string | undefined
  readonly journal: string | undefined
}

export const parseJournal = (given: Given): JournalGiven => ({
  data: textOf(given, 'data'),
  journal: textOf(given, 'journal'),
})

interface Thrown {
  readonly StartError: new (message: string) => Error
  readonly Stopped: new (message: string) => Error
}

/** Where rows are not as they were written, nothing that is still there may be lost as well. */
export const keepAndRestore = 'Keep the database as it is, and restore a backup that verifies.'

/** What to do about refusals that a server answers to nobody on the command line. */
const steps: Readonly<Record<string, string>> = {
  archive_unreadable: 'Name a file that `konfig backup create` made, whole, and the master key of that time.',
  installation_missing: 'Name the folder or the journal that the nodes use.',
  journal_corrupt: `${keepAndRestore} \`konfig doctor\` with the same options says what is damaged.`,
  key_wrong:
    'Give KONFIG_MASTER_… here as the nodes have it; while one key replaces another, name the old one with KONFIG_PREVIOUS_MASTER_….',
  master_key_missing:
    'Give KONFIG_MASTER_… and KONFIG_PREVIOUS_MASTER_… here as the nodes have them, until all is rewrapped.',
  nodes_running: 'Stop them, or wait; add --nodes-stopped if you know that they are.',
  installation_moved: 'Name the place where it is now.',
  journal_unknown: 'Give KONFIG_JOURNALS here as the nodes have it; give it to them first.',
}

export const stepFor = (code: string): string | undefined => steps[code]

/** What the server throws, with its category: StartError says itself what to do. */
const told = (reason: unknown, { StartError, Stopped }: Thrown): unknown => {
  if (!(reason instanceof Error)) return reason
  const isA = (type: Thrown[keyof Thrown]): boolean => reason instanceof type
  if (isA(Stopped))
    return new CommandError({ code: 'interrupted', outcome: 'interrupted', detail: `It was ${reason.message}.` })
  if (isA(StartError)) return new CommandError({ code: 'cannot_start', outcome: 'invalid', detail: reason.message })
  const failure = (reason as { readonly failure?: { code: string; category: string; detail: string } }).failure
  if (failure === undefined) return reason
  const { code, category, detail } = failure
  const next = steps[code]
  return new CommandError({ code, outcome: category as 'invalid', detail, ...(next === undefined ? {} : { next }) })
}

/** `other` stands for variables of the environment, undefined for none. */
export const withJournal = async <T>(
  { data, journal }: JournalGiven,
  { env, terminal, signal }: Deps,
  act: (work: Work) => Promise<T>,
  other: Deps['env'] = {},
): Promise<T> => {
  const { openWork, ...thrown } = await import('@konfig/server/offline')
  try {
    const work = openWork({
      env: {
        ...env,
        ...other,
        ...(data === undefined ? {} : { KONFIG_DATA: data }),
        ...(journal === undefined ? {} : { KONFIG_JOURNAL: journal }),
      },
      progress: terminal.progress,
      complain: terminal.note,
      signal,
    })
    try {
      return await act(work)
    } finally {
      await work.close()
    }
  } catch (reason) {
    throw told(reason, thrown)
  }
}
