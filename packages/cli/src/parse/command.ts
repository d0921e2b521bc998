// Reads a command line with commander, and writes its help. Loaded only for what the quick way leaves.
import { Command, CommanderError, Option } from 'commander'
import { usage } from '../problem/problem.ts'
import type { Argument, Flag, Given, Verb } from '../verb.ts'

const optionOf = ({ name, short, value, many, choices, description }: Flag): Option => {
  const long = value === undefined ? `--${name}` : `--${name} <${value.toLowerCase()}>`
  const option = new Option(short === undefined ? long : `-${short}, ${long}`, description)
  if (many === true)
    option.argParser((text: string, before: unknown) => [...(Array.isArray(before) ? before : []), text])
  if (choices !== undefined && many !== true) option.choices(choices)
  return option
}

const argumentOf = ({ name, optional, many }: Argument): string => {
  const inside = `${name.toLowerCase()}${many === true ? '...' : ''}`
  return optional === true ? `[${inside}]` : `<${inside}>`
}

export interface Described {
  readonly words: readonly string[]
  readonly summary: string
  readonly verb: Verb<unknown>
  readonly flags: readonly Flag[]
}

const commandOf = ({ words, summary, verb, flags }: Described): Command => {
  const command = new Command(['konfig', ...words].join(' '))
    .description(verb.description === undefined ? `${summary}.` : `${summary}.\n\n${verb.description}`)
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', 'Show this')
    .allowExcessArguments(false)
  for (const argument of verb.arguments ?? []) command.argument(argumentOf(argument), argument.description)
  for (const flag of flags) {
    command.addOption(optionOf(flag))
    if (flag.negatable === true) command.addOption(new Option(`--no-${flag.name}`).hideHelp())
  }
  if (verb.passesOn === true) command.passThroughOptions()
  if (verb.examples !== undefined)
    command.addHelpText('after', `\nExamples:\n${verb.examples.map((line) => `  $ konfig ${line}`).join('\n')}`)
  return command
}

const camel = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

export const helpOf = (described: Described): string => {
  const command = commandOf(described)
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) })
  command.outputHelp()
  return text
}

/** Undefined where help was asked for. */
export const parseCommand = (described: Described, words: readonly string[]): Given | undefined => {
  const command = commandOf(described)
  try {
    command.parse(words, { from: 'user' })
  } catch (reason) {
    if (!(reason instanceof CommanderError)) throw reason
    if (reason.code === 'commander.helpDisplayed') return undefined
    const [detail = '', ...hints] = reason.message.replace(/^error: /, '').split('\n')
    const hint = hints
      .join(' ')
      .replace(/^\(|\)$/g, '')
      .trim()
    const name = ['konfig', ...described.words].join(' ')
    return usage(
      `${detail.charAt(0).toUpperCase()}${detail.slice(1).replace(/\.$/, '')}.`,
      `${hint === '' ? '' : `${hint} `}See \`${name} --help\`.`,
    )
  }
  const options: Readonly<Record<string, unknown>> = command.opts()
  return {
    arguments: command.processedArgs.flat().filter((each): each is string => typeof each === 'string'),
    flags: Object.fromEntries(
      described.flags.flatMap(({ name }) => {
        const value = options[camel(name)]
        return value === undefined ? [] : [[name, value as string | boolean | readonly string[]]]
      }),
    ),
  }
}
