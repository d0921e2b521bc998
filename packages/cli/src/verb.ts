// What a verb is: what it takes, `parse` that makes options of it, `run` that carries them out. Owns the shapes that all verbs share.
import type { Client } from './http/client.ts'
import type { Output } from './output/output.ts'
import type { Settings } from './settings.ts'
import type { Terminal } from './terminal/terminal.ts'

export interface Argument {
  readonly name: string
  readonly description: string
  readonly optional?: boolean
  /** Takes all that is left. */
  readonly many?: boolean
}

export interface Flag {
  /** Without its dashes, as in `dry-run`. */
  readonly name: string
  readonly short?: string
  /** What it takes; without this it takes nothing. */
  readonly value?: string
  /** May be given several times. */
  readonly many?: boolean
  /** Also as `--no-NAME`, which is `false`. */
  readonly negatable?: boolean
  readonly choices?: readonly string[]
  readonly description: string
}

/** What was typed: arguments in order, flags by name; a flag without a value is `true`. */
export interface Given {
  readonly arguments: readonly string[]
  readonly flags: { readonly [name: string]: string | boolean | readonly string[] | undefined }
}

/** What all commands share: the world outside, as arguments. */
export interface Deps {
  readonly env: { readonly [name: string]: string | undefined }
  readonly terminal: Terminal
  readonly output: Output
  /** Flags, variables and profile put together. */
  readonly settings: Settings
  /** The API of the server in the settings, as the caller in the settings. */
  readonly client: Client
  readonly now: () => number
  readonly newId: () => string
  /** Ends when the process is asked to. */
  readonly signal: AbortSignal
}

export interface Verb<Options> {
  readonly description?: string
  readonly arguments?: readonly Argument[]
  readonly flags?: readonly Flag[]
  /** Command lines without `konfig`, for help and reference. */
  readonly examples?: readonly string[]
  /** Words that follow `--` or the first argument belong to another program. */
  readonly passesOn?: boolean
  /** May name a profile that is not there yet. */
  readonly makesProfile?: boolean
  /** Throws `usage` for what cannot be meant; asks nothing and nobody. */
  readonly parse: (given: Given) => Options
  /** The exit code; nothing is 0. */
  readonly run: (options: Options, deps: Deps) => Promise<number | void>
}

/** Forgets the options' type, so that a table can hold all verbs. */
export const verb = <Options>(given: Verb<Options>): Verb<unknown> => given as Verb<unknown>

export const textOf = (given: Given, name: string): string | undefined => {
  const value = given.flags[name]
  return typeof value === 'string' ? value : undefined
}
export const isSet = (given: Given, name: string): boolean => given.flags[name] === true
export const textsOf = (given: Given, name: string): readonly string[] => {
  const value = given.flags[name]
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
}
