// `konfig backup restore`: an installation into an empty place, or one tenant into an installation whose nodes may run.
import { counted } from '../output/counted.ts'
import { usage } from '../problem/problem.ts'
import { isSet, textOf, verb } from '../verb.ts'
import { confirm } from '../write/send-write.ts'
import { type JournalGiven, journalFlags, parseJournal, withJournal } from '../offline/journal.ts'

interface Options {
  readonly journal: JournalGiven
  readonly file: string
  readonly tenant: string | undefined
  readonly replace: boolean
  readonly yes: boolean
}

export const restoreBackup = verb<Options>({
  description:
    'Without --tenant the place must be empty. With it the nodes may run: each turns to the restored tenant within a second, and what was written since the backup is gone. Every restored log gets a new id, so clients take the new state whatever they remember; sessions end, API keys and passwords stay as they were then.',
  arguments: [{ name: 'file', description: 'The file of the backup' }],
  flags: [
    ...journalFlags,
    { name: 'tenant', value: 'NAME', description: 'Only this tenant, into the installation that is there' },
    { name: 'replace', description: 'Replace the tenant where it is there: its configuration log is erased' },
    { name: 'yes', short: 'y', description: 'Do not ask' },
  ],
  examples: [
    'backup restore konfig-2026-11-21.backup --data ./restored',
    'backup restore konfig-2026-11-21.backup --tenant acme --replace',
  ],
  parse: (given) => {
    const tenant = textOf(given, 'tenant')
    const replace = isSet(given, 'replace')
    if (replace && tenant === undefined)
      usage('--replace goes with --tenant.', 'A whole installation is restored into an empty place only.')
    return { journal: parseJournal(given), file: given.arguments[0] ?? '', tenant, replace, yes: isSet(given, 'yes') }
  },
  run: async ({ journal, file, tenant, replace, yes }, deps) => {
    const { output } = deps
    if (tenant === undefined) {
      const restored = await withJournal(journal, deps, async (work) => {
        const { restoreFile } = await import('@konfig/server/offline')
        return restoreFile(work, file)
      })
      await output.show(
        restored,
        () =>
          `Restored ${counted(restored.commits, 'commit')} of ${counted(restored.logs, 'log')}. Start the server on it: konfig serve`,
      )
      return
    }
    if (replace)
      await confirm(
        `Erase what tenant ${tenant} is now and put the backup in its place?`,
        `replace ${tenant}`,
        yes,
        deps,
      )
    const restored = await withJournal(journal, deps, async (work) => {
      const { restoreTenantFile } = await import('@konfig/server/offline')
      return restoreTenantFile(work, file, { tenant, replace })
    })
    const strangers =
      restored.strangers === 0
        ? ''
        : ` ${restored.strangers} members are no users of this installation: invite them anew.`
    await output.show(
      restored,
      () =>
        `Restored tenant ${restored.name}: ${counted(restored.commits, 'commit')}, ${counted(restored.keys, 'API key')}, ${counted(restored.members, 'member')}.${strangers}`,
    )
  },
})
