// What is no hand-made verb: the generated ones, help, versions, and words that nobody knows.
import type { World } from './deps.ts'
import { generatedEntries } from './catalogue/entries.ts'
import { commonFlags } from './flags.ts'
import { rootHelp, nounHelp } from './help.ts'
import { namedIn, without } from './parse/find.ts'
import { usage } from './problem/problem.ts'
import { didYouMean } from './problem/suggest.ts'
import { entryFor } from './run.ts'
import { type Entry, entries } from './verbs.ts'
import { version } from './version.ts'

type CarryOut = (entry: Entry, words: readonly string[], world: World) => Promise<number>

const asksHelp = (argv: readonly string[]): boolean => argv.includes('--help') || argv.includes('-h')

/** What other tools call our verbs. */
const otherWords: Readonly<Record<string, string>> = {
  get: 'show',
  describe: 'show',
  view: 'show',
  ls: 'list',
  add: 'create',
  new: 'create',
  rm: 'delete',
  remove: 'delete',
  update: 'edit',
}

const meant = (typed: string, verbs: readonly string[]): string | undefined => {
  const ours = Object.hasOwn(otherWords, typed) ? otherWords[typed] : undefined
  return ours !== undefined && verbs.includes(ours) ? `Did you mean ${ours}?` : didYouMean(typed, verbs)
}

const unknown = (known: readonly Entry[], typed: readonly string[]): never => {
  const [first = '', second] = typed
  const verbsIn = (all: readonly (readonly string[])[]): readonly string[] =>
    all.filter((each) => each.length > 1 && each[0] === first).map((each) => each[1] ?? '')
  const verbs = known.flatMap(({ words, aliases = [] }) => verbsIn([words, ...aliases]))
  // Each once: what is also called by its plural is told by its own name.
  const told = new Set(known.flatMap(({ words }) => verbsIn([words])))
  if (verbs.length > 0)
    return usage(
      `\`konfig ${first}\` has no verb ${second ?? ''}.`,
      [meant(second ?? '', verbs), `There are ${[...(told.size > 0 ? told : new Set(verbs))].join(', ')}.`]
        .filter((each) => each !== undefined)
        .join(' '),
    )
  const firsts = new Set(known.flatMap(({ words, aliases = [] }) => [words, ...aliases].map(([word = '']) => word)))
  return usage(
    `There is no command ${first}.`,
    [didYouMean(first, firsts), 'See `konfig --help`.'].filter((each) => each !== undefined).join(' '),
  )
}

const noCommand = (argv: readonly string[]): never => {
  const names = [...commonFlags.map(({ name }) => `--${name}`), '--help', '--version']
  const unknown = argv.find((word) => word.startsWith('-') && !names.includes(word.split('=', 1)[0] ?? ''))
  return unknown === undefined
    ? usage('No command is named.', 'See `konfig --help`.')
    : usage(`There is no flag ${unknown}.`, didYouMean(unknown, names) ?? 'See `konfig --help`.')
}

export const runOther = async (argv: readonly string[], world: World, carryOut: CarryOut): Promise<number> => {
  const { words, places } = namedIn(argv)
  if (words.length === 0 && (argv.includes('--version') || argv.includes('-V'))) {
    world.terminal.write(`konfig ${version}\n`)
    return 0
  }
  const generated = await generatedEntries()
  const known = [...entries, ...generated]
  if (words[0] === 'help') return runHelp(known, words.slice(1), world, carryOut)
  if (words.length === 0) {
    if (!asksHelp(argv) && argv.length > 0) noCommand(argv)
    world.terminal.write(rootHelp(known))
    return 0
  }
  const found = entryFor(generated, words)
  if (found !== undefined) return carryOut(found.entry, without(argv, places.slice(0, found.length)), world)
  return (asksHelp(argv) || words.length === 1) && nounIn(known, words) !== undefined
    ? runHelp(known, words, world, carryOut)
    : unknown(known, words)
}

const nounIn = (known: readonly Entry[], words: readonly string[]): readonly string[] | undefined =>
  known
    .flatMap((entry) =>
      [entry.words, ...(entry.aliases ?? [])].map((each) => ({ each, noun: entry.words.slice(0, words.length) })),
    )
    .find(({ each }) => each.length > words.length && words.every((word, index) => word === each[index]))?.noun

const runHelp = async (
  known: readonly Entry[],
  words: readonly string[],
  world: World,
  carryOut: CarryOut,
): Promise<number> => {
  if (words.length === 0) {
    world.terminal.write(rootHelp(known))
    return 0
  }
  const found = entryFor(known, words)
  if (found !== undefined) return carryOut(found.entry, ['--help'], world)
  const noun = nounIn(known, words)
  if (noun === undefined) return unknown(known, words)
  world.terminal.write(nounHelp(known, noun))
  return 0
}
