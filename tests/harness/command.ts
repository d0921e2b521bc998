// The command line inside this process, against a world: its words, what it is sent, what it prints. Owns a terminal that remembers.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '@konfig/cli'

export interface Ran {
  readonly output: string
  readonly errors: string
  readonly code: number
}

export interface Sent {
  readonly env?: { readonly [name: string]: string }
  readonly input?: string
  /** Given: there is a terminal, and this is typed at its questions, one after the other. */
  readonly answers?: readonly string[]
  /** Given: standard output is a terminal of so many columns. */
  readonly columns?: number
  readonly now?: () => number
}

export interface CommandLine {
  /** Where this command line keeps its profiles. */
  readonly home: string
  readonly run: (words: readonly string[], sent?: Sent) => Promise<Ran>
  readonly close: () => void
}

export const openCommandLine = (url: string): CommandLine => {
  const home = mkdtempSync(join(tmpdir(), 'konfig-cli-'))
  const run: CommandLine['run'] = async (words, { env = {}, input = '', answers, columns, now = Date.now } = {}) => {
    let output = ''
    let errors = ''
    const left = [...(answers ?? [])]
    const ask = async (question: string): Promise<string | undefined> => {
      errors += `${question}\n`
      return left.shift()
    }
    const code = await runCommand(words, {
      env: {
        XDG_CONFIG_HOME: home,
        HOME: home,
        PATH: process.env['PATH'] ?? '',
        KONFIG_URL: url,
        NO_COLOR: '1',
        ...env,
      },
      terminal: {
        write: (text) => {
          output += typeof text === 'string' ? text : Buffer.from(text).toString()
        },
        note: (text) => {
          errors += `${text}\n`
        },
        progress: () => undefined,
        outIsTerminal: columns !== undefined,
        errorIsTerminal: answers !== undefined,
        inIsTerminal: answers !== undefined,
        columns: () => columns,
        read: async () => Buffer.from(input),
        ask,
        askHidden: ask,
      },
      now,
      newId: randomUUID,
      signal: new AbortController().signal,
    })
    return { output, errors, code }
  }
  return { home, run, close: () => rmSync(home, { recursive: true, force: true }) }
}

/** Words as a shell has them: quotes hold spaces together, a backslash takes the next character as it is. */
export const wordsOf = (line: string): readonly string[] => {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < line.length; index++) {
    const character = line[index] ?? ''
    if (quote === '' && character === ' ') {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (character === quote) quote = ''
    else if (quote === '' && (character === "'" || character === '"')) {
      quote = character
      word ??= ''
    } else if (character === '\\' && quote !== "'") word = (word ?? '') + (line[++index] ?? '')
    else word = (word ?? '') + character
  }
  return word === undefined ? words : [...words, word]
}
