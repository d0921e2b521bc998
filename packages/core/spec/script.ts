// Reads scripts: blocks of commands, each block with what it must answer. Knows no verb.
import type { Json } from '../src/values/json-value.ts'

export interface Command {
  readonly line: number
  /** `platform` or a tenant's name. */
  readonly who: string
  readonly plan: string | undefined
  readonly brand: string | undefined
  readonly environment: string | undefined
  readonly verb: string
  readonly words: readonly string[]
  /** Part of the same commit as the command before it. */
  readonly joined: boolean
}

export interface Block {
  readonly commands: readonly Command[]
  /** The lines as they stand, comments among them. */
  readonly source: readonly string[]
  readonly expected: readonly string[]
}

const subject = /^(?<who>[a-z0-9_-]+)(?: \((?<traits>[^)]*)\))?(?: in (?<environment>[a-z0-9_-]+))?: (?<rest>.*)$/

/** Words end at spaces, but not within quotes, braces or brackets. */
export const wordsOf = (text: string): readonly string[] => {
  const words: string[] = []
  let word = ''
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] as string
    if (quoted && letter === '\\') {
      word += letter + (text[++index] ?? '')
      continue
    }
    if (letter === '"') quoted = !quoted
    else if (!quoted && '{['.includes(letter)) depth++
    else if (!quoted && '}]'.includes(letter)) depth--
    if (letter === ' ' && !quoted && depth === 0) {
      if (word !== '') words.push(word)
      word = ''
    } else word += letter
  }
  return word === '' ? words : [...words, word]
}

/** JSON where it is JSON, else the word itself. */
export const valueOf = (word: string): Json => {
  try {
    return JSON.parse(word) as Json
  } catch {
    return word
  }
}

const commandOf = (text: string, line: number): Command => {
  const joined = /^\s+and\b/.test(text)
  const match = subject.exec(text.trim())
  if (match?.groups === undefined) throw new Error(`line ${line} is not "who: verb …": ${text}`)
  const { who = '', traits = '', environment, rest = '' } = match.groups
  const trait = (name: string): string | undefined => new RegExp(`\\b${name} ([a-z0-9_-]+)`).exec(traits)?.[1]
  const [verb = '', ...words] = wordsOf(rest)
  return { line, who, plan: trait('plan'), brand: trait('brand'), environment, verb, words, joined }
}

export const blocksOf = (text: string): readonly Block[] => {
  const blocks: Block[] = []
  let at = 0
  for (const paragraph of text.replace(/\n+$/, '').split(/\n\n+/)) {
    const lines = paragraph.split('\n')
    const rule = lines.indexOf('----')
    const source = rule < 0 ? lines : lines.slice(0, rule)
    const first = text.indexOf(paragraph, at)
    const line = text.slice(0, first).split('\n').length
    at = first + paragraph.length
    const commands = source.flatMap((command, index) =>
      command.startsWith('#') ? [] : [commandOf(command, line + index)],
    )
    blocks.push({ source, commands, expected: rule < 0 ? [] : lines.slice(rule + 1) })
  }
  return blocks
}

export const textOf = (
  blocks: readonly { readonly source: readonly string[]; readonly answer: readonly string[] }[],
): string =>
  `${blocks.map(({ source, answer }) => [...source, ...(answer.length === 0 ? [] : ['----', ...answer])].join('\n')).join('\n\n')}\n`
