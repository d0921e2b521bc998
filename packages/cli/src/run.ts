// Carries out one command line: finds the verb, parses, runs, and tells what failed. Answers the exit code; ends nothing itself.
import { depsOf, outputOf, type World } from './deps.ts'
import { exitCodes } from './exit.ts'
import { commonFlags } from './flags.ts'
import { namedIn, without } from './parse/find.ts'
import { quick } from './parse/quick.ts'
import { CommandError, isCommandError, type Problem } from './problem/problem.ts'
import type { Deps, Flag, Given, Verb } from './verb.ts'
import { type Entry, entries } from './verbs.ts'

const jsonAsked = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  return (
    own.includes('--json') ||
    own.includes('--output=json') ||
    own.some((word, index) => word === 'json' && ['-o', '--output'].includes(own[index - 1] ?? ''))
  )
}

const tell = async (problem: Problem, argv: readonly string[], world: World): Promise<void> => {
  const { problemJson, problemText } = await import('./problem/show.ts')
  const { notePaint } = outputOf({ arguments: [], flags: {} }, world)
  world.terminal.note(jsonAsked(argv) ? problemJson(problem) : problemText(problem, notePaint))
}

const problemOf = (reason: unknown): Problem => {
  if (isCommandError(reason)) return reason.problem
  return {
    code: 'bug',
    outcome: 'bug',
    detail: `Something went wrong here: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    next: 'Please report it with what you typed, without secrets.',
  }
}

/** A flag of the verb hides a common one of the same name or letter. */
export const flagsOf = (verb: Verb<unknown>): readonly Flag[] => {
  const own = verb.flags ?? []
  const hidden = (flag: Flag): boolean => own.some(({ name }) => name === flag.name)
  const letters = new Set(own.map(({ short }) => short))
  return [
    ...own,
    ...commonFlags
      .filter((flag) => !hidden(flag))
      .map(({ short, ...flag }) => (short === undefined || letters.has(short) ? flag : { ...flag, short })),
  ]
}

const matches = (words: readonly string[], typed: readonly string[]): boolean =>
  words.length <= typed.length && words.every((word, index) => word === typed[index])

/** The entry whose words the line begins with; the longest wins. */
export const entryFor = (
  known: readonly Entry[],
  typed: readonly string[],
): { readonly entry: Entry; readonly length: number } | undefined =>
  known
    .flatMap((entry) =>
      [entry.words, ...(entry.aliases ?? [])]
        .filter((words) => matches(words, typed))
        .map((words) => ({ entry, length: words.length })),
    )
    .toSorted((a, b) => b.length - a.length)[0]

/** What is not there is worth a second look: a name nearby may have been meant. So is what one may not do: the place may be wrong. */
const hinted = async (reason: unknown, deps: Deps): Promise<unknown> => {
  if (!isCommandError(reason)) return reason
  const { problem } = reason
  const { code, outcome, next, status } = problem
  if (
    !['denied', 'target_unknown'].includes(code) &&
    (outcome !== 'not_found' || next !== undefined || status === undefined)
  )
    return reason
  const { hintFor } = await import('./values/hint.ts')
  return new CommandError(await hintFor(problem, deps), { cause: reason })
}

const carryOut = async (entry: Entry, words: readonly string[], world: World): Promise<number> => {
  const verb = await entry.load()
  const flags = flagsOf(verb)
  let given: Given | undefined = quick(verb, flags, words)
  if (given === undefined) {
    const { helpOf, parseCommand } = await import('./parse/command.ts')
    const described = { words: entry.words, summary: entry.summary, verb, flags }
    given = parseCommand(described, words)
    if (given === undefined) {
      world.terminal.write(helpOf(described))
      return 0
    }
  }
  const options = verb.parse(given)
  const deps = depsOf(given, verb, world)
  try {
    return (await verb.run(options, deps)) ?? 0
  } catch (reason) {
    throw await hinted(reason, deps)
  }
}

export const runCommand = async (argv: readonly string[], world: World): Promise<number> => {
  try {
    const { words, places } = namedIn(argv)
    const found = entryFor(entries, words)
    if (found !== undefined) return await carryOut(found.entry, without(argv, places.slice(0, found.length)), world)
    const { runOther } = await import('./other.ts')
    return await runOther(argv, world, carryOut)
  } catch (reason) {
    const problem = problemOf(reason)
    await tell(problem, argv, world)
    return exitCodes[problem.outcome]
  }
}
