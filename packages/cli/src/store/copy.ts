// `konfig store copy`: an installation to another store while its nodes are stopped, or one tenant to another journal while they run. Shows what was
// compared; credentials in places are never shown.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { copyStore as copy } from '@konfig/server/offline'
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
  readonly nodesStopped: boolean
  readonly erase: boolean
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
  const nodesStopped = isSet(given, 'nodes-stopped')
  if (tenant !== undefined && nodesStopped)
    usage('--nodes-stopped goes without --tenant.', 'The nodes may run while one tenant moves.')
  return {
    from,
    to,
    tenant,
    journal,
    dryRun: isSet(given, 'dry-run'),
    yes: isSet(given, 'yes'),
    nodesStopped,
    erase: isSet(given, 'erase'),
  }
}

const moveOne = async (options: Options, tenant: string, deps: Deps): Promise<void> => {
  const { from, to, journal, dryRun, yes, erase } = options
  const { output } = deps
  const erasing = erase ? ` What journal ${from} holds of it is then erased for good.` : ''
  if (!dryRun)
    await confirm(`Move tenant ${tenant} from journal ${from} to ${to}?${erasing}`, `move ${tenant}`, yes, deps)
  const moved = await withJournal(journal, deps, async (work) => {
    const { moveTenantBetween } = await import('@konfig/server/offline')
    return moveTenantBetween(work, { tenant, from, to, dryRun, erase })
  })
  const tick = output.paint.green('✓')
  const { before, left, values } = moved
  const lines = dryRun
    ? [
        before
          ? `${tick} Tenant ${tenant} is in journal ${to} already: nothing would be moved.`
          : `Tenant ${tenant} would go from journal ${from} to ${to}: ${counted(moved.logs, 'log')}, ${counted(moved.commits, 'commit')}.`,
        ...(erase ? [`What journal ${from} holds of it would then be erased.`] : []),
      ]
    : [
        ...(values === null ? [] : [`${tick} ${equalText(moved)}`]),
        before
          ? `${tick} Tenant ${tenant} is in journal ${to} already: nothing was left to move.`
          : `${tick} Tenant ${tenant} is in journal ${to}. Nodes that know both follow by themselves.`,
        ...(left
          ? [`  Journal ${from} still holds its old rows and keys; the same again with --erase takes them away.`]
          : erase
            ? [`${tick} Journal ${from} holds nothing of it but where it went.`]
            : []),
      ]
  await output.show(moved, () => lines.join('\n'))
}

type Copied = Awaited<ReturnType<typeof copy>>

const plannedLines = (
  { tenants, logs, commits, records, before, erased, running }: Copied,
  { erase, source, target, tick }: { erase: boolean; source: string; target: string; tick: string },
): readonly string[] => [
  before
    ? `${tick} The installation is at ${target} already: nothing would be copied.`
    : `${counted(logs, 'log')} of ${counted(tenants, 'tenant')} and the platform, ${counted(commits, 'commit')} and ${counted(records, 'record')} would go to ${target}.`,
  ...(erase && !erased ? [`All that is at ${source} would then be erased.`] : []),
  ...(running.length === 0 || (before && !erase)
    ? []
    : [`! Nodes run on it and must be stopped first: ${running.join('; ')}.`]),
]

const doneLines = (
  copied: Copied,
  { source, target, key, tick }: { source: string; target: string; key: string | undefined; tick: string },
): readonly string[] => {
  const { records, values, before, erased } = copied
  return [
    ...(values === null ? [] : [`${tick} ${equalText(copied)}`]),
    ...(before ? [] : [`${tick} ${counted(records, 'record')} copied`]),
    before
      ? `${tick} The installation is at ${target} already: nothing was left to copy.`
      : `${tick} The installation is at ${target}; ${source} says so to whoever starts there. Start the nodes with KONFIG_JOURNAL, or --data, naming the new place and the same master key.`,
    ...(before || key === undefined ? [] : [`  Its key is beside the old one still: ${key}`]),
    erased
      ? `${tick} ${source} holds nothing but where the installation went.`
      : `  ${source} still holds the old rows and keys; once the nodes run at ${target}, the same again with --erase takes them away.`,
  ]
}

const copyAll = async ({ from, to, dryRun, yes, nodesStopped, erase }: Options, deps: Deps): Promise<void> => {
  const { output, env } = deps
  const [source, target] = [placeText(from), placeText(to)]
  const erasing = erase ? ` All that is at ${source} is then erased for good.` : ''
  if (!dryRun)
    await confirm(
      `Are all nodes stopped, and is ${target} to take the place of ${source}?${erasing}`,
      `move the installation at ${source}`,
      yes,
      deps,
    )
  // A folder is what it is, whatever journal the environment names; the role that makes tables is that of the target.
  const given = isPlace(from) ? { data: undefined, journal: from } : { data: from, journal: undefined }
  const other = { KONFIG_JOURNAL: undefined, KONFIG_JOURNAL_MIGRATE: undefined }
  const migrate = env['KONFIG_JOURNAL_MIGRATE']
  const where = isPlace(to) ? target : resolve(to)
  // Who names folders alone has the key in one of them.
  const file = join(from, 'master.key')
  const keyed = isPlace(from) || isPlace(to) || Object.keys(env).some((name) => name.startsWith('KONFIG_MASTER_'))
  const key = keyed || !existsSync(file) ? undefined : `cp ${file} ${to}/`
  const copied = await withJournal(
    given,
    deps,
    async (work) => {
      const { copyStore: begin } = await import('@konfig/server/offline')
      return begin(work, { to, where, migrate, dryRun, nodesStopped, erase })
    },
    other,
  )
  const about = { erase, source, target, key, tick: output.paint.green('✓') }
  await output.show(copied, () => (dryRun ? plannedLines(copied, about) : doneLines(copied, about)).join('\n'))
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
    {
      name: 'nodes-stopped',
      description: 'The nodes are stopped, though the sign of life of one still counts: it does for 60 s',
    },
    {
      name: 'erase',
      description: 'Once all is proven to be in TO, erase it in FROM; also later, of what was moved before',
    },
    { name: 'yes', short: 'y', description: 'Do not ask' },
  ],
  examples: [
    'store copy ./data postgres://konfig@db.example.com/konfig?sslmode=verify-full',
    'store copy main eu --tenant acme',
    'store copy ./data ./elsewhere --erase',
  ],
  parse,
  run: async (options, deps) => {
    if (options.tenant === undefined) await copyAll(options, deps)
    else await moveOne(options, options.tenant, deps)
  },
})
