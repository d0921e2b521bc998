// What `konfig doctor` says of a journal that it opens itself: every log verified, every index held against its log.
import { counted } from '../output/counted.ts'
import type { Deps } from '../verb.ts'
import type { Finding } from '../server/finding.ts'
import { type JournalGiven, withJournal } from './journal.ts'

export const journalFindings = async (given: JournalGiven, mend: boolean, deps: Deps): Promise<readonly Finding[]> => {
  const found = await withJournal(given, deps, async (work) => {
    const { examineInstallation } = await import('@konfig/server/offline')
    return examineInstallation(work, mend)
  })
  const whole: Finding = {
    check: 'journal',
    state: 'ok',
    detail: `opened with its master key: ${counted(found.tenants, 'tenant')}, ${counted(found.logs, 'log')}`,
  }
  const damaged: readonly Finding[] = found.damaged.map(({ of, revision, reason }) => ({
    check: 'logs',
    state: 'failed',
    detail: `a log of ${of} is not as it was written from revision ${revision} on: ${reason}`,
    next: 'Keep the database as it is, and restore a backup that verifies.',
    outcome: 'bug',
  }))
  const wrong: readonly Finding[] = found.wrong.map(({ of, index, name }) => ({
    check: 'indexes',
    state: found.mended ? 'ok' : 'failed',
    detail: `${index} ${name} of ${of} ${found.mended ? 'was put right' : 'does not say what the log says'}`,
    ...(found.mended ? {} : { next: 'Run it again with --mend, which makes the indexes anew from the logs.' }),
    outcome: 'conflict',
  }))
  return [
    whole,
    ...(damaged.length > 0
      ? damaged
      : [{ check: 'logs', state: 'ok', detail: 'all verify from their first row' } as const]),
    ...(wrong.length > 0 ? wrong : [{ check: 'indexes', state: 'ok', detail: 'all say what the logs say' } as const]),
  ]
}
