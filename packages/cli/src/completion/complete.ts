// `konfig complete`: what may stand where the cursor is, a line each: commands, flags, and names that the server knows.
// It never fails and never waits long: where nothing can be said, it says nothing.
import { generatedEntries } from '../catalogue/entries.ts'
import { isCommandError } from '../problem/problem.ts'
import { commonFlags } from '../flags.ts'
import { namedIn } from '../parse/find.ts'
import { readProfiles } from '../profile/read.ts'
import { flagsOf } from '../run.ts'
import { type Deps, type Flag, type Verb, verb } from '../verb.ts'
import { keysOf, namesOf } from '../values/hint.ts'
import { type Entry, entries } from '../verbs.ts'

interface Options {
  readonly words: readonly string[]
}

/** A shell puts what it is given into the line as it is: a name that it would take for anything else is not offered. */
const harmless = /^[\p{L}\p{N}_.,:@%+=/-]+$/u

const flagNamed = (flags: readonly Flag[], word: string): Flag | undefined =>
  flags.find(({ name, short }) => word === `--${name}` || (short !== undefined && word === `-${short}`))

const valuesFor = async ({ name, choices }: Flag, deps: Deps): Promise<readonly string[]> => {
  if (choices !== undefined) return choices
  if (name === 'profile') return Object.keys(readProfiles(deps.settings.path).profiles)
  if (name === 'environment') return namesOf(deps, 'environment')
  if (name === 'namespace') return namesOf(deps, 'namespace')
  return []
}

/** `billing/` first, its keys after the slash. */
const keysFor = async (typed: string, deps: Deps): Promise<readonly string[]> => {
  const slash = typed.indexOf('/')
  if (slash < 0) return (await namesOf(deps, 'namespace')).map((name) => `${name}/`)
  const namespace = typed.slice(0, slash)
  return (await keysOf(deps, namespace)).map((key) => `${namespace}/${key}`)
}

const argumentsFor = async (
  taken: Verb<unknown>,
  index: number,
  typed: string,
  deps: Deps,
): Promise<readonly string[]> => {
  const { name = '' } = taken.arguments?.[index] ?? {}
  if (name === 'NAMESPACE/KEY') return keysFor(typed, deps)
  if (name === 'NAMESPACE') return namesOf(deps, 'namespace')
  if (name === 'FROM' || name === 'TO') return namesOf(deps, 'environment')
  if (name === 'SHELL') return ['bash', 'zsh', 'fish']
  return []
}

const allWords = ({ words, aliases = [] }: Entry): readonly (readonly string[])[] => [words, ...aliases]

const nextWords = (known: readonly Entry[], before: readonly string[]): readonly string[] => [
  ...new Set(
    known
      .flatMap((entry) => (before.length === 0 ? [entry.words] : allWords(entry)))
      .filter((words) => words.length > before.length && before.every((word, index) => word === words[index]))
      .map((words) => words[before.length] ?? ''),
  ),
]

const candidates = async (words: readonly string[], deps: Deps): Promise<readonly string[]> => {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const known = [...entries, ...(await generatedEntries())].filter(({ hidden }) => hidden !== true)
  const plainWords = before.filter((word) => !word.startsWith('-'))
  // Flags may stand before a command, and their values are no words of it.
  const { words: named } = namedIn(before)
  const last = before.at(-1) ?? ''
  const found = known
    .flatMap((entry) => allWords(entry).map((name) => ({ entry, name })))
    .filter(({ name }) => name.length <= named.length && name.every((word, index) => word === named[index]))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
  if (found === undefined) {
    const common = last.startsWith('-') ? flagNamed(commonFlags, last) : undefined
    if (common?.value !== undefined) return valuesFor(common, deps)
    return typed.startsWith('-') ? commonFlags.map(({ name }) => `--${name}`) : nextWords(known, named)
  }
  const taken = await found.entry.load()
  const flags = flagsOf(taken)
  const open = last.startsWith('-') ? flagNamed(flags, last) : undefined
  if (open?.value !== undefined) return valuesFor(open, deps)
  if (typed.startsWith('-')) return [...flags.map(({ name }) => `--${name}`), '--help']
  const inFlags = before.filter(
    (word, index) => !word.startsWith('-') && flagNamed(flags, before[index - 1] ?? '')?.value !== undefined,
  ).length
  return argumentsFor(taken, plainWords.length - found.name.length - inFlags, typed, deps)
}

export const complete = verb<Options>({
  arguments: [
    { name: 'WORDS', description: 'The words of the line so far, the last one unfinished', many: true, optional: true },
  ],
  passesOn: true,
  parse: ({ arguments: words }) => ({ words: words.length === 0 ? [''] : words }),
  run: async ({ words }, deps) => {
    const typed = words.at(-1) ?? ''
    try {
      const found = await candidates(words, deps)
      deps.terminal.write(
        found
          .filter((each) => each.startsWith(typed) && harmless.test(each))
          .map((each) => `${each}\n`)
          .join(''),
      )
    } catch (reason) {
      if (!isCommandError(reason)) throw reason
    }
  },
})
