// `konfig run -- COMMAND`: a program with the values as environment variables, started again or signalled when they change.
// Promise: its exit code is ours, the signals that we get are its, and a signal that ends it ends us. Our credentials are not its own.
import { plain } from '../output/plain.ts'
import { isCommandError, usage } from '../problem/problem.ts'
import { credentialVariables } from '../settings.ts'
import { type Deps, isSet, textOf, verb } from '../verb.ts'
import { type Child, type Ended, exitCodeOf, signalNamed, startChild, startFailure } from './child.ts'
import { type Followed, follow, followedOf, followFlags, scopeOf } from './follow.ts'
import { type Variables, variablesOf } from './variables.ts'

interface Options {
  readonly command: string
  readonly words: readonly string[]
  readonly followed: Followed
  readonly prefix: string
  readonly watch: boolean
  readonly signal: NodeJS.Signals | undefined
  readonly keepCredentials: boolean
}

const forwarded: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGQUIT']
/** Changes that come close together start the program again once. */
const quietMillis = 300
const graceMillis = 10_000

const after = (millis: number): Promise<'late'> =>
  new Promise((resolve) => {
    setTimeout(() => resolve('late'), millis).unref()
  })

const stopChild = async (child: Child): Promise<Ended> => {
  child.kill('SIGTERM')
  if ((await Promise.race([child.ended, after(graceMillis)])) === 'late') child.kill('SIGKILL')
  return child.ended
}

/** After these no program is started any more; a program may live on after the two others, but one that is being replaced does not come back. */
const ending: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGQUIT']
const interrupting: readonly NodeJS.Signals[] = ['SIGINT', 'SIGHUP']

const valuesOnce = async (options: Options, deps: Deps): Promise<Variables> => {
  const { environment, namespace, application } = scopeOf(options.followed, deps)
  const { body } = await deps.client.ask({ path: '/values', query: { environment, namespace, application } })
  return variablesOf(
    (body as { readonly values: { readonly [name: string]: unknown } }).values,
    application === undefined,
    options.prefix,
  )
}

/** A program that is handed its values needs no key to them, and would pass it on to whatever it starts itself. */
const environmentOf = ({ keepCredentials }: Options, { env }: Deps): Deps['env'] =>
  keepCredentials
    ? env
    : Object.fromEntries(Object.entries(env).filter(([name]) => !credentialVariables.some((each) => each === name)))

/** The end of the program that runs last. `changed` resolves with new variables each time. */
const supervise = async (
  options: Options,
  first: Variables,
  changed: ((then: (variables: Variables) => void) => void) | undefined,
  deps: Deps,
): Promise<Ended> => {
  const { command, words, signal } = options
  const given = environmentOf(options, deps)
  const begin = (variables: Variables): Child => startChild(command, words, { ...given, ...variables })
  let child: Child | undefined
  let latest = first
  let replacing = false
  let isEnding = false
  const note = (name: NodeJS.Signals): void => {
    isEnding ||= ending.includes(name) || (replacing && interrupting.includes(name))
  }
  const pass = (name: NodeJS.Signals): void => {
    note(name)
    child?.kill(name)
  }
  // Ctrl-C reaches the program from the terminal itself; we only must not end before it.
  const ignore = (): void => note('SIGINT')
  // Before there is a program: it must not be left behind by a signal that comes as it starts.
  for (const name of forwarded) process.on(name, pass)
  process.on('SIGINT', ignore)
  try {
    return await new Promise<Ended>((resolve, reject) => {
      const start = (): void => {
        const started = begin(latest)
        child = started
        started.ended.then((ended) => {
          if (!replacing && started === child) resolve(ended)
        }, reject)
      }
      start()
      // What changes, and what we are asked, while the old program takes its time to stop, counts for the new one.
      const replace = async (old: Child): Promise<void> => {
        replacing = true
        const ended = await stopChild(old)
        if (isEnding) resolve(ended)
        else start()
        replacing = false
      }
      changed?.((variables) => {
        latest = variables
        if (signal !== undefined) child?.kill(signal)
        else if (!replacing && !isEnding && child !== undefined) replace(child).catch(reject)
      })
    })
  } finally {
    for (const name of forwarded) process.off(name, pass)
    process.off('SIGINT', ignore)
  }
}

/** Why values that came later cannot be variables. */
const refusalOf = (variables: () => Variables): string | undefined => {
  try {
    variables()
    return undefined
  } catch (reason) {
    if (isCommandError(reason)) return reason.problem.detail
    throw reason
  }
}

const watched = async (options: Options, deps: Deps): Promise<Ended> => {
  const { output } = deps
  const { application } = scopeOf(options.followed, deps)
  const konfig = await follow(options.followed, deps, (why) =>
    output.say(`${output.notePaint.yellow('warning:')} the values are the last known ones: ${plain(why)}`),
  )
  const variables = (): Variables => variablesOf(konfig.getAll(), application === undefined, options.prefix)
  let timer: NodeJS.Timeout | undefined
  try {
    return await supervise(
      options,
      variables(),
      options.watch
        ? (then) =>
            konfig.on('change', ({ changed, removed }) => {
              clearTimeout(timer)
              timer = setTimeout(() => {
                const told = refusalOf(variables)
                if (told !== undefined) {
                  output.say(
                    `${output.notePaint.yellow('warning:')} the program keeps the values that it has: ${plain(told)}`,
                  )
                  return
                }
                const names = [...changed, ...removed]
                output.say(
                  `${output.notePaint.dim('konfig:')} ${plain(names.slice(0, 5).join(', '))}${names.length > 5 ? ' …' : ''} changed; ${options.signal === undefined ? 'starting again' : `sending ${options.signal}`}`,
                )
                then(variables())
              }, quietMillis)
            })
        : undefined,
      deps,
    )
  } finally {
    clearTimeout(timer)
    await konfig.close()
  }
}

export const run = verb<Options>({
  description:
    'Names are the keys in UPPER_SNAKE; a value that is no text is written as JSON. With --watch the program is started again when a value changes; with --signal it gets that signal instead, and reads what is new by itself. KONFIG_API_KEY and KONFIG_TOKEN are not passed on to the program, which has its values already; --keep-credentials passes them on to one that asks the server itself.',
  arguments: [{ name: 'COMMAND', description: 'The program and its arguments, after --', many: true }],
  passesOn: true,
  flags: [
    ...followFlags,
    { name: 'prefix', value: 'TEXT', description: 'Begin each name with this' },
    { name: 'watch', description: 'Start the program again when a value changes' },
    { name: 'signal', value: 'NAME', description: 'Send this signal instead of starting again' },
    { name: 'keep-credentials', description: 'Pass KONFIG_API_KEY and KONFIG_TOKEN on to the program' },
  ],
  examples: [
    'run --environment production --namespace billing -- ./server',
    'run -e staging -a shop --watch -- node app.js',
  ],
  parse: (given) => {
    const [command = '', ...words] = given.arguments
    const signal = textOf(given, 'signal')
    if (command === '') usage('No program is named.', 'Write it after --, as in `konfig run -- node app.js`.')
    return {
      command,
      words,
      followed: followedOf(given),
      prefix: textOf(given, 'prefix') ?? '',
      watch: isSet(given, 'watch') || signal !== undefined,
      signal: signal === undefined ? undefined : signalNamed(signal),
      keepCredentials: isSet(given, 'keep-credentials'),
    }
  },
  run: async (options, deps) => {
    const ended =
      options.watch || options.followed.cache !== undefined
        ? await watched(options, deps)
        : await supervise(options, await valuesOnce(options, deps), undefined, deps)
    const failed = startFailure(options.command, ended)
    if (failed !== undefined) deps.terminal.note(`${deps.output.notePaint.red('error:')} ${failed}`)
    // So that whoever started us sees the same end; it does not return where the signal ends a process.
    if (ended.signal !== null) process.kill(process.pid, ended.signal)
    return exitCodeOf(ended)
  },
})
