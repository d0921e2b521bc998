// Reads a plain command line without commander, whose loading takes time at every start. Owns nothing of the grammar:
// whatever is not plainly right (help, mistakes, rare forms) is left to commander, and a test holds both to the same answers.
import type { Flag, Given, Verb } from '../verb.ts'

const longForm = /^--([a-z][a-z-]*)(?:=(.*))?$/s
const shortForm = /^-([a-z])$/

const flagOf = (
  flags: readonly Flag[],
  word: string,
): { readonly flag: Flag; readonly joined?: string } | undefined => {
  const long = longForm.exec(word)
  if (long !== null) {
    const flag = flags.find(({ name }) => name === long[1])
    return flag === undefined ? undefined : { flag, ...(long[2] === undefined ? {} : { joined: long[2] }) }
  }
  const letter = shortForm.exec(word)?.[1]
  const flag = letter === undefined ? undefined : flags.find(({ short }) => short === letter)
  return flag === undefined ? undefined : { flag }
}

/** Undefined: ask commander. */
export const quick = (
  { arguments: takes = [], passesOn = false }: Pick<Verb<unknown>, 'arguments' | 'passesOn'>,
  flags: readonly Flag[],
  words: readonly string[],
): Given | undefined => {
  if (passesOn || takes.some(({ many }) => many === true)) return undefined
  const found: Record<string, string | true> = {}
  const given: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (!word.startsWith('-')) {
      given.push(word)
      continue
    }
    const match = flagOf(flags, word)
    if (match === undefined || match.flag.many === true || Object.hasOwn(found, match.flag.name)) return undefined
    const { flag, joined } = match
    if (flag.value === undefined) {
      if (joined !== undefined) return undefined
      found[flag.name] = true
      continue
    }
    const value = joined ?? words[++index]
    if (value === undefined || value === '' || (joined === undefined && value.startsWith('-'))) return undefined
    if (flag.choices !== undefined && !flag.choices.includes(value)) return undefined
    found[flag.name] = value
  }
  const least = takes.filter(({ optional }) => optional !== true).length
  return given.length < least || given.length > takes.length ? undefined : { arguments: given, flags: found }
}
