// `konfig backup create`: everything, or one tenant, in one sealed file. The server may run meanwhile.
import { counted } from '../output/counted.ts'
import { type Deps, textOf, verb } from '../verb.ts'
import { type JournalGiven, journalFlags, parseJournal, withJournal } from '../offline/journal.ts'

interface Options {
  readonly journal: JournalGiven
  readonly file: string
  readonly tenant: string | undefined
}

export const createBackup = verb<Options>({
  description:
    'Reads the journal itself, with the KONFIG_ options of the server. The file is sealed under the master key: keep that elsewhere, without it the file is worth nothing.',
  arguments: [{ name: 'file', description: 'The file to make; nothing is written over' }],
  flags: [...journalFlags, { name: 'tenant', value: 'NAME', description: 'Only this tenant' }],
  examples: ['backup create konfig-2026-11-21.backup --data ./data', 'backup create acme.backup --tenant acme'],
  parse: (given) => ({
    journal: parseJournal(given),
    file: given.arguments[0] ?? '',
    tenant: textOf(given, 'tenant'),
  }),
  run: async ({ journal, file, tenant }, deps: Deps) => {
    const made = await withJournal(journal, deps, async (work) => {
      const { createBackup: create } = await import('@konfig/server/offline')
      return create(work, { file, tenant })
    })
    await deps.output.show(
      made,
      () =>
        `Made ${file}: ${counted(made.commits, 'commit')} of ${counted(made.logs, 'log')}, ${counted(made.bytes, 'byte')}. Try it: konfig backup verify ${file}`,
    )
  },
})
