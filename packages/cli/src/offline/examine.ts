// What `konfig doctor` says of a journal that it opens itself: every log verified, every index held against its log.
import { counted } from '../output/counted.ts'
import type { Parts } from '@konfig/server/offline'
import { holdAgainst } from '../audit/kept.ts'
import type { Deps } from '../verb.ts'
import type { Finding } from '../server/finding.ts'
import { type JournalGiven, keepAndRestore, stepFor, withJournal } from './journal.ts'

export interface Examining {
  readonly mend: boolean
  /** Lines of heads that were kept. */
  readonly heads: readonly string[]
  /** File of the public key that was kept. */
  readonly publicKey: string | undefined
}

interface Damage {
  readonly of: string
  readonly log: string
  readonly revision: number
  readonly reason: string
}

const damageFindings = (all: readonly Damage[]): readonly Finding[] =>
  all.map(({ of, log, revision, reason }) => ({
    check: 'logs',
    state: 'failed',
    detail:
      revision === 0
        ? `log ${log} of ${of}: ${reason}`
        : `log ${log} of ${of} is not as it was written from revision ${revision} on: ${reason}`,
    next: keepAndRestore,
    outcome: 'bug',
  }))

/** Of an installation that does not open: what of it is damaged, and that the rest is not. */
const partFindings = ({
  reason,
  unopened,
  tenants,
  logs,
  opened,
  damaged,
  records,
  away,
}: Parts): readonly Finding[] => {
  const { code, detail, category } = (unopened ?? reason).failure
  const bare = logs - opened
  return [
    {
      check: 'journal',
      state: 'failed',
      detail: `it cannot be opened as a whole: ${detail}`,
      next: code === 'journal_corrupt' ? keepAndRestore : (stepFor(code) ?? keepAndRestore),
      outcome: category,
    },
    ...records.map(
      ({ collection, id, reason: why }): Finding => ({
        check: 'records',
        state: 'failed',
        detail: `record ${id} of ${collection}: ${why}`,
        next: keepAndRestore,
        outcome: 'bug',
      }),
    ),
    unopened === undefined
      ? {
          check: 'records',
          state: records.length === 0 ? 'ok' : 'skipped',
          detail: `all ${records.length === 0 ? '' : 'others '}open; ${counted(tenants, 'tenant')} known`,
        }
      : { check: 'records', state: 'skipped', detail: 'not opened: that takes the master key' },
    ...damageFindings(damaged),
    {
      check: 'logs',
      state: damaged.length === 0 ? 'ok' : 'skipped',
      detail: `${counted(logs, 'log')} looked at${damaged.length === 0 ? ', and all verify' : '; those that are not named verify'}${
        bare === 0
          ? ''
          : `. ${bare} of them by the chain alone, without a key: a row that was changed shows there where the next one begins`
      }`,
    },
    ...away.map(
      (name): Finding => ({
        check: 'journals',
        state: 'skipped',
        detail: `journal ${name} could not be opened; its logs were not looked at`,
      }),
    ),
    { check: 'indexes', state: 'skipped', detail: 'not held against the logs: that takes an installation that opens' },
  ]
}

/** What was asked for and takes an installation that opens: whoever asked must not take silence for a yes. */
const leftUndone = ({ mend, heads, publicKey }: Examining): readonly Finding[] => {
  const undone = [
    ...(mend ? [['--mend', 'the indexes', 'made anew'] as const] : []),
    ...(heads.length > 0 ? [['--expect-head', 'the heads that were kept', 'held against the logs'] as const] : []),
    ...(publicKey === undefined ? [] : [['--public-key', 'the public key', 'held against the installation'] as const]),
  ]
  return undone.map(([flag, what, done]) => ({
    check: flag,
    state: 'skipped',
    detail: `${what} could not be ${done}: that takes an installation that opens`,
  }))
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
  if (!found.whole) return [...partFindings(found), ...leftUndone({ mend, heads, publicKey })]
  if (publicKey !== undefined) await holdAgainst(publicKey, { pem: found.publicKey, lines: heads })
  const whole: Finding = {
    check: 'journal',
    state: 'ok',
    detail: `opened with its master key: ${counted(found.tenants, 'tenant')}, ${counted(found.logs, 'log')}`,
  }
  const damaged = damageFindings(found.damaged)
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
