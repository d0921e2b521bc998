// Finds the verb that a command line names. Flags may stand before it, so those that take a value are known here.
import { commonFlags } from '../flags.ts'

export interface Named {
  /** The first words that are no flags: as many as a command may have. */
  readonly words: readonly string[]
  /** Where each of them stands. */
  readonly places: readonly number[]
}

const mostWords = 3

const takesNext = (word: string): boolean =>
  commonFlags.some(
    ({ name, short, value }) =>
      value !== undefined && (word === `--${name}` || (short !== undefined && word === `-${short}`)),
  )

export const namedIn = (argv: readonly string[]): Named => {
  const words: string[] = []
  const places: number[] = []
  for (let index = 0; index < argv.length && words.length < mostWords; index++) {
    const word = argv[index] ?? ''
    if (word === '--') break
    if (word.startsWith('-') && word !== '-') {
      if (takesNext(word)) index++
      continue
    }
    words.push(word)
    places.push(index)
  }
  return { words, places }
}

/** What is left of the line without the words of the verb's name. */
export const without = (argv: readonly string[], places: readonly number[]): readonly string[] =>
  argv.filter((_, index) => !places.includes(index))
