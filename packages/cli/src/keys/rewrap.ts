// `konfig key rewrap`: brings an installation under another master key. Opens the journal itself; the nodes may run meanwhile.
import { isSet, verb } from '../verb.ts'
import { type JournalGiven, journalFlags, parseJournal, withJournal } from '../offline/journal.ts'

interface Options {
  readonly journal: JournalGiven
  readonly dryRun: boolean
  readonly again: boolean
}

export const rewrap = verb<Options>({
  description:
    'Wraps the keys of all logs anew under the master key of the KONFIG_MASTER_ options, from that of the KONFIG_PREVIOUS_MASTER_ options. Give every node both before. No log is touched. Cut short, it goes on where it was.',
  flags: [
    ...journalFlags,
    {
      name: 'again',
      description: 'Also what is under this master key already: after its store made a new version of it',
    },
    { name: 'dry-run', description: 'Only say what there is to do' },
  ],
  examples: ['key rewrap --data ./data --dry-run', 'key rewrap --journal postgres://…'],
  parse: (given) => ({ journal: parseJournal(given), dryRun: isSet(given, 'dry-run'), again: isSet(given, 'again') }),
  run: async ({ journal, dryRun, again }, deps) => {
    const done = await withJournal(journal, deps, async (work) => {
      const { rewrapKeys } = await import('@konfig/server/offline')
      return rewrapKeys(work, { dryRun, again })
    })
    const { from, to, logs, rewrapped } = done
    const rest =
      from === undefined
        ? `All is under master key ${to}.`
        : `Master key ${from} is not needed any more: take it from the options of every node.`
    await deps.output.show({ ...done, dryRun }, () =>
      dryRun
        ? `The keys of ${rewrapped} of ${logs} logs would be wrapped anew under master key ${to}.`
        : `Wrapped the keys of ${rewrapped} of ${logs} logs anew. ${rest}`,
    )
  },
})
