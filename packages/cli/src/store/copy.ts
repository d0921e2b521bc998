// `konfig store copy`: an installation to another store while its nodes are stopped, or one tenant to another journal while they run. Shows what was
// compared; credentials in places are never shown.
import { usage } from '../problem/problem.ts'
import { type Deps, type Given, isSet, textOf, verb } from '../verb.ts'
import { confirm } from '../write/send-write.ts'
import { type JournalGiven, journalFlags, parseJournal, withJournal } from '../offline/journal.ts'

interface Options {
  readonly from: string
  readonly to: string
  readonly tenant: string | undefined
  readonly journal: JournalGiven
  readonly dryRun: boolean
  readonly yes: boolean
}

const isPlace = (text: string): boolean => /^[a-z][a-z+]*:./.test(text)
const isName = (text: string): boolean => /^[a-z0-9][a-z0-9_-]{0,62}$/.test(text)

/** A place without who may enter it. */
export const placeText = (place: string): string => place.replace(/^([a-z+]+:\/\/)[^/?#]*@/, '$1').replace(/\?.*$/, '')

const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`

const equalText = ({ logs, commits, values }: { logs: number; commits: number; values: number | null }): string =>
  `${counted(logs, 'log')}, ${counted(commits, 'commit')}, ${counted(values ?? 0, 'resolved value')} equal`

const parse = (given: Given): Options => {
  const [from = '', to = ''] = given.arguments
  const tenant = textOf(given, 'tenant')
  const journal = parseJournal(given)
  if (tenant === undefined && (journal.data !== undefined || journal.journal !== undefined))
    usage('--data and --journal go with --tenant.', 'Without it FROM is the store itself: a URL or a data folder.')
  if (tenant !== undefined && !(isName(from) && isName(to)))
    usage(
      'With --tenant FROM and TO are names of journals.',
      'KONFIG_JOURNALS names them; the one of KONFIG_JOURNAL is main.',
    )
  if (from === to) usage('FROM and TO are the same.', 'Name two.')
  return { from, to, tenant, journal, dryRun: isSet(given, 'dry-run'), yes: isSet(given, 'yes') }
}

const moveOne = async ({ from, to, journal, dryRun, yes }: Options, tenant: string, deps: Deps): Promise<void> => {
  const { output } = deps
  if (!dryRun) await confirm(`Move tenant ${tenant} from journal ${from} to ${to}?`, `move ${tenant}`, yes, deps)
  const moved = await withJournal(journal, deps, async (work) => {
    const { moveTenantBetween } = await import('@konfig/server/offline')
    return moveTenantBetween(work, { tenant, from, to, dryRun })
  })
  const tick = output.paint.green('✓')
  await output.show(moved, () =>
    dryRun
      ? `Tenant ${tenant} would go from journal ${from} to ${to}: ${counted(moved.logs, 'log')}, ${counted(moved.commits, 'commit')}.`
      : `${tick} ${equalText(moved)}\n${tick} Tenant ${tenant} is in journal ${to}. Nodes that know both follow by themselves.`,
  )
}

const copyAll = async ({ from, to, dryRun, yes }: Options, deps: Deps): Promise<void> => {
  const { output, env } = deps
  const [source, target] = [placeText(from), placeText(to)]
  if (!dryRun)
    await confirm(
      `Are all nodes stopped, and is ${target} to take the place of ${source}?`,
      `move the installation at ${source}`,
      yes,
      deps,
    )
  // A folder is what it is, whatever journal the environment names; the role that makes tables is that of the target.
  const given = isPlace(from) ? { data: undefined, journal: from } : { data: from, journal: undefined }
  const other = { KONFIG_JOURNAL: undefined, KONFIG_JOURNAL_MIGRATE: undefined }
  const migrate = env['KONFIG_JOURNAL_MIGRATE']
  const copied = await withJournal(
    given,
    deps,
    async (work) => {
      const { copyStore: copy } = await import('@konfig/server/offline')
      return copy(work, { to, migrate, dryRun })
    },
    other,
  )
  const tick = output.paint.green('✓')
  const { tenants, logs, commits, records, values } = copied
  const told = dryRun
    ? `${counted(logs, 'log')} of ${counted(tenants, 'tenant')} and the platform, ${counted(commits, 'commit')} and ${counted(records, 'record')} would go to ${target}.`
    : values === null
      ? `${tick} The copy was whole and compared before; what was left of the move is done.`
      : `${tick} ${equalText(copied)}\n${tick} ${counted(records, 'record')} copied`
  const next = `${tick} The installation is at ${target}; ${source} says so to whoever starts there. Start the nodes with KONFIG_JOURNAL, or --data, naming the new place and the same master key.`
  await output.show(copied, () => (dryRun ? told : `${told}\n${next}`))
}

export const copyStore = verb<Options>({
  description:
    'Without --tenant the nodes must be stopped: everything is copied as it is, each row and each resolved value is compared, and only then the source ends. With --tenant they may run. Cut short, the source serves on; the same again goes on where it was. KONFIG_JOURNAL_MIGRATE is the role that makes the tables of TO.',
  arguments: [
    { name: 'from', description: 'A URL as of KONFIG_JOURNAL, or a data folder; with --tenant the name of a journal' },
    { name: 'to', description: 'The same, of where it goes: a place that holds nothing, or an earlier copy' },
  ],
  flags: [
    { name: 'tenant', value: 'NAME', description: 'Only this tenant, between journals of its installation' },
    ...journalFlags,
    { name: 'dry-run', description: 'Say what would be done, and do nothing' },
    { name: 'yes', short: 'y', description: 'Do not ask' },
  ],
  examples: [
    'store copy ./data postgres://konfig@db.example.com/konfig?sslmode=verify-full',
    'store copy main eu --tenant acme',
  ],
  parse,
  run: async (options, deps) => {
    if (options.tenant === undefined) await copyAll(options, deps)
    else await moveOne(options, options.tenant, deps)
  },
})
