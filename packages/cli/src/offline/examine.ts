// What `konfig doctor` says of a journal that it opens itself: every log verified, every index held against its log.
import { counted } from '../output/counted.ts'
import { holdAgainst } from '../audit/kept.ts'
import type { Deps } from '../verb.ts'
import type { Finding } from '../server/finding.ts'
import { type JournalGiven, keepAndRestore, withJournal } from './journal.ts'

export interface Examining {
  readonly mend: boolean
  /** Lines of heads that were kept. */
  readonly heads: readonly string[]
  /** File of the public key that was kept. */
  readonly publicKey: string | undefined
}

export const journalFindings = async (
  given: JournalGiven,
  { mend, heads, publicKey }: Examining,
  deps: Deps,
): Promise<readonly Finding[]> => {
  const found = await withJournal(given, deps, async (work) => {
    const { examineInstallation } = await import('@konfig/server/offline')
    return examineInstallation(work, mend, heads)
  })
  if (publicKey !== undefined) await holdAgainst(publicKey, { pem: found.publicKey, lines: heads })
  const whole: Finding = {
    check: 'journal',
    state: 'ok',
    detail: `opened with its master key: ${counted(found.tenants, 'tenant')}, ${counted(found.logs, 'log')}`,
  }
  const damaged: readonly Finding[] = found.damaged.map(({ of, log, revision, reason }) => ({
    check: 'logs',
    state: 'failed',
    detail: `log ${log} of ${of} is not as it was written from revision ${revision} on: ${reason}`,
    next: keepAndRestore,
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
      : [
          {
            check: 'logs',
            state: 'ok',
            detail: `all verify from where they begin${heads.length === 0 ? '' : `, and reach the ${counted(heads.length, 'head')} that ${heads.length === 1 ? 'was' : 'were'} kept`}`,
          } as const,
        ]),
    ...(wrong.length > 0 ? wrong : [{ check: 'indexes', state: 'ok', detail: 'all say what the logs say' } as const]),
  ]
}
