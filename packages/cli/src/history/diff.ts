// `konfig diff`: what differs between two environments now, between two moments, or between a directory and the server.
import { limitOf } from '../parse/limit.ts'
import { pagesOf } from '../catalogue/pages.ts'
import { exitCodes } from '../exit.ts'
import { limitFlag } from '../flags.ts'
import type { ApiRequest } from '../http/client.ts'
import type { Paint } from '../output/paint.ts'
import { plain } from '../output/plain.ts'
import { valueCell } from '../output/table.ts'
import { usage } from '../problem/problem.ts'
import { changeLines } from '../write/change-lines.ts'
import { type Deps, type Given, isSet, textOf, textsOf, verb } from '../verb.ts'
import { nameText } from './undone.ts'

interface Options {
  /** Of `diff -f`; the rest is then about nothing. */
  readonly given: Given | undefined
  readonly query: NonNullable<ApiRequest['query']>
  readonly limit: number
  readonly exitCode: boolean
}

interface Difference {
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly environment?: string
  readonly key?: string
  readonly op: string
  readonly before: unknown
  readonly after: unknown
}

const values = ({ before, after, op }: Difference, paint: Paint): readonly string[] => [
  ...(op === 'create' ? [] : [paint.red(`  - ${valueCell(before)}`)]),
  ...(op === 'delete' ? [] : [paint.green(`  + ${valueCell(after)}`)]),
]

export const differenceLines = (difference: Difference, paint: Paint): readonly string[] => {
  const { kind, name, key, namespace, before, after } = difference
  return kind === undefined || name === undefined
    ? [paint.bold(plain(`${namespace ?? ''}/${key ?? ''}`)), ...values(difference, paint)]
    : [`${paint.bold(nameText({ ...difference, kind, name }))} ${difference.op}`, ...changeLines(before, after, paint)]
}

export const showDifferences = async (
  body: { readonly items: readonly unknown[]; readonly next?: string | null },
  { output }: Deps,
): Promise<void> => {
  const items = body.items as readonly Difference[]
  if (items.length > 0 || output.format !== 'table')
    await output.show(body, (paint) => items.flatMap((item) => differenceLines(item, paint)).join('\n'))
  if (items.length === 0) output.say('No differences.')
  else if (typeof body.next === 'string') output.say('… and more: add --limit 0 for all.')
}

const queryOf = (given: Given): Options['query'] => {
  const [fromEnvironment, toEnvironment] = given.arguments
  const [from, to, environment] = ['from', 'to', 'environment'].map((name) => textOf(given, name))
  if (from === undefined && to === undefined) {
    if (fromEnvironment === undefined || toEnvironment === undefined)
      return usage('What to compare is not named.', 'Name two environments, or a moment with --from (and --to).')
    return { fromEnvironment, toEnvironment }
  }
  if (fromEnvironment !== undefined)
    usage('Two environments are compared as they are now.', 'For moments, name one environment with --environment.')
  return { from: from ?? usage('--from is missing.'), to, environment }
}

export const diff = verb<Options>({
  description:
    'Two environments are compared as they are now. With --from and --to two moments are: all resources, or with --environment its values.',
  arguments: [
    { name: 'FROM', description: 'An environment', optional: true },
    { name: 'TO', description: 'Another environment', optional: true },
  ],
  flags: [
    { name: 'from', value: 'MOMENT', description: 'A revision, a point such as 812-450, or a time (RFC 3339)' },
    { name: 'to', value: 'MOMENT', description: 'The later moment; now, if it is left out' },
    {
      name: 'environment',
      short: 'e',
      value: 'NAME',
      description: 'With --from: compare the values of this environment',
    },
    {
      name: 'file',
      short: 'f',
      value: 'PATH',
      many: true,
      description: 'Say what applying this folder of manifests would do',
    },
    { name: 'name', value: 'NAME', description: 'With --file: what the directory is called on the server' },
    { name: 'prune', description: 'With --file: as if what it no longer has were deleted; needs --name' },
    { name: 'take-over', description: 'With --file: as if what other directories own were taken' },
    limitFlag,
    { name: 'exit-code', description: `End with ${exitCodes.different} where there are differences` },
  ],
  examples: [
    'diff staging production',
    'diff -f config/',
    'diff --from 812-450 --environment production',
    'diff --from 40 --to 42',
  ],
  parse: (given) => {
    const isDirectory = textsOf(given, 'file').length > 0
    return {
      given: isDirectory ? given : undefined,
      query: isDirectory ? {} : queryOf(given),
      limit: limitOf(given),
      exitCode: isSet(given, 'exit-code'),
    }
  },
  run: async ({ given, query, limit, exitCode }, deps) => {
    if (given !== undefined) {
      const { diffDirectory } = await import('../files/diff-directory.ts')
      return diffDirectory(given, exitCode, deps)
    }
    const to = 'from' in query && query['to'] === undefined ? await headRevision(deps) : query['to']
    const page = await pagesOf(deps.client, { path: '/diff', query: { ...query, to } }, limit)
    await showDifferences({ ...pairOf(query, to), ...page }, deps)
    return exitCode && page.items.length > 0 ? exitCodes.different : 0
  },
})

const pairOf = ({ from, fromEnvironment, toEnvironment }: Options['query'], to: unknown) => ({
  from: from ?? fromEnvironment,
  to: to ?? toEnvironment,
})

/** Now, as a moment. */
const headRevision = async ({ client }: Deps): Promise<number> => {
  const { body } = await client.ask({ path: '/commits', query: { limit: 1 } })
  return (body as { readonly items: readonly { readonly revision: number }[] }).items[0]?.revision ?? 0
}
