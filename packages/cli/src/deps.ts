// Makes what commands share from the common flags and the process. Nothing is read before somebody asks for it.
import { openClient } from './http/client.ts'
import { openOutput, type When } from './output/output.ts'
import { usage } from './problem/problem.ts'
import { type Credential, type Settings, settingsOf } from './settings.ts'
import type { Terminal } from './terminal/terminal.ts'
import { type Deps, type Given, isSet, textOf, type Verb } from './verb.ts'

/** The process, or what a test puts in its place. */
export interface World {
  readonly env: { readonly [name: string]: string | undefined }
  readonly terminal: Terminal
  readonly now: () => number
  readonly newId: () => string
  readonly signal: AbortSignal
}

/** A token is renewed this long before its end, so that it does not end on its way. */
const early = 30_000

const formats = ['table', 'json', 'yaml'] as const

export const outputOf = (given: Given, { terminal, env }: World): Deps['output'] => {
  const json = isSet(given, 'json')
  const asked = formats.find((format) => format === textOf(given, 'output'))
  if (json && asked !== undefined && asked !== 'json')
    return usage(`--json and --output ${asked} contradict each other.`, 'Give one of them.')
  return openOutput(terminal, json ? 'json' : (asked ?? 'table'), (textOf(given, 'color') ?? 'auto') as When, env)
}

const secondsOf = (given: Given): number => {
  const text = textOf(given, 'timeout')
  const seconds = text === undefined ? 30 : Number(text)
  return seconds > 0 && seconds <= 86_400
    ? seconds
    : usage('--timeout is not a number of seconds.', 'Such as --timeout 10.')
}

export const depsOf = (given: Given, verb: Verb<unknown>, world: World): Deps => {
  const { env, terminal, now } = world
  const output = outputOf(given, world)
  const timeoutMillis = secondsOf(given) * 1000
  const trace = isSet(given, 'verbose')
    ? (line: string): void => terminal.note(output.notePaint.dim(`> ${line}`))
    : undefined
  let settings: Settings | undefined
  let client: Deps['client'] | undefined

  const readSettings = (): Settings => {
    if (settings !== undefined) return settings
    const flags = {
      profile: textOf(given, 'profile'),
      url: textOf(given, 'url'),
      environment: textOf(given, 'environment'),
      namespace: textOf(given, 'namespace'),
    }
    settings = settingsOf(flags, env, verb.makesProfile)
    for (const warning of settings.warnings) terminal.note(`${output.notePaint.yellow('warning:')} ${warning}`)
    return settings
  }
  const makeClient = (): Deps['client'] => {
    const { url, urlFrom, caFile, credential, path, profile, profileName } = readSettings()
    const given = { url, urlFrom, caFile, timeoutMillis, trace }
    if (credential?.from !== 'profile' || !credential.refreshable)
      return openClient({ ...given, credential: () => credential })

    let current: Credential = credential
    let expiresAt = profile?.expiresAt
    const renew = async (refused: string): Promise<Credential | undefined> => {
      const { renewToken } = await import('./session/renew.ts')
      const renewed = await renewToken(refused, { path, profileName, now, client: opened })
      if (renewed === undefined) return undefined
      current = { from: 'profile', text: renewed.text, refreshable: true }
      expiresAt = renewed.expiresAt
      return current
    }
    const opened: Deps['client'] = openClient({
      ...given,
      credential: async () => {
        const ends = expiresAt !== undefined && expiresAt - early <= now()
        return ends ? ((await renew(current.text)) ?? current) : current
      },
      renew,
    })
    return opened
  }

  return {
    env,
    terminal,
    output,
    now,
    newId: world.newId,
    get signal() {
      return world.signal
    },
    get settings() {
      return readSettings()
    },
    get client() {
      client ??= makeClient()
      return client
    },
  }
}
