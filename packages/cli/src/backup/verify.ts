// `konfig backup verify`: restores the file in memory and compares. Touches no journal.
import { counted } from '../output/counted.ts'
import { verb } from '../verb.ts'
import { type JournalGiven, journalFlags, parseJournal, withJournal } from '../offline/journal.ts'

interface Options {
  readonly journal: JournalGiven
  readonly file: string
}

export const verifyBackup = verb<Options>({
  description:
    'Needs the master key that the backup was sealed with: that of the KONFIG_ options, or of the KONFIG_PREVIOUS_MASTER_ variables.',
  arguments: [{ name: 'file', description: 'The file of the backup' }],
  flags: journalFlags,
  examples: ['backup verify konfig-2026-11-21.backup --data ./data'],
  parse: (given) => ({ journal: parseJournal(given), file: given.arguments[0] ?? '' }),
  run: async ({ journal, file }, deps) => {
    const found = await withJournal(journal, deps, async (work) => {
      const { verifyFile } = await import('@konfig/server/offline')
      return verifyFile(work, file)
    })
    await deps.output.show(
      found,
      () =>
        `${file} is whole. Made at ${found.madeAt}; ${found.tenant === undefined ? counted(found.tenants, 'tenant') : `tenant ${found.tenant}`}, ${counted(found.commits, 'commit')}, ${counted(found.resources, 'resource')}: restored in memory and equal.`,
    )
  },
})
