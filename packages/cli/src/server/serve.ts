// `konfig serve`: starts the server in this process, with the KONFIG_ options that it knows; the flags are the commonest of them.
import { type Deps, type Flag, textOf, verb } from '../verb.ts'
import { usage } from '../problem/problem.ts'

const options: readonly (Flag & { readonly variable: string })[] = [
  { name: 'data', value: 'FOLDER', variable: 'KONFIG_DATA', description: 'Folder of the data (./data)' },
  { name: 'port', short: 'p', value: 'N', variable: 'KONFIG_PORT', description: 'Port; 0 takes a free one (8080)' },
  { name: 'host', value: 'ADDRESS', variable: 'KONFIG_HOST', description: 'Address to listen on (127.0.0.1)' },
  {
    name: 'workers',
    value: 'N',
    variable: 'KONFIG_WORKERS',
    description: 'Processes that share the port; auto is one for each core (1)',
  },
  {
    name: 'journal',
    value: 'PLACE',
    variable: 'KONFIG_JOURNAL',
    description: 'Where the logs are: sqlite:PATH, postgres://…, mysql://…, mongodb://… or dynamodb://…',
  },
]

/** Of the command line, not of the server: it would warn of them. */
const own = [
  'KONFIG_URL',
  'KONFIG_API_KEY',
  'KONFIG_TOKEN',
  'KONFIG_ENVIRONMENT',
  'KONFIG_NAMESPACE',
  'KONFIG_PROFILE',
  'KONFIG_CA_FILE',
]

interface Options {
  readonly variables: { readonly [name: string]: string }
}

/** What was typed is told in the words in which it was typed; what a variable said, by the server itself as it starts. */
const check = async (variables: Options['variables'], env: Deps['env']): Promise<void> => {
  if (Object.keys(variables).length === 0) return
  const { readOptions } = await import('@konfig/server/offline')
  const read = readOptions({ ...env, ...variables })
  if (!read.ok) usage(`${asTyped(read.problems.join('. '), variables)}.`, 'See `konfig serve --help`.')
}

const asTyped = (problem: string, variables: Options['variables']): string =>
  options.reduce(
    (text, { name, variable }) =>
      variables[variable] === undefined ? text : text.replaceAll(new RegExp(`\\b${variable}\\b`, 'g'), `--${name}`),
    problem,
  )

export const serve = verb<Options>({
  description:
    'Every option is a KONFIG_ variable, see docs/configuration.md; a flag wins over its variable. Stop it with Ctrl-C.',
  flags: options.map(({ variable, description, ...flag }) => ({ ...flag, description: `${description}; ${variable}` })),
  examples: ['serve', 'serve --data /var/lib/konfig --port 8080'],
  parse: (given) => {
    const journal = textOf(given, 'journal')
    // Everybody on the machine sees what stands on a command line.
    if (journal !== undefined && /^\w+:\/\/[^/@]*:[^/@]+@/.test(journal))
      usage('--journal holds a password, which every user of this machine could see.', 'Set KONFIG_JOURNAL instead.')
    return {
      variables: Object.fromEntries(
        options.flatMap(({ name, variable }) => {
          const value = textOf(given, name)
          return value === undefined ? [] : [[variable, value]]
        }),
      ),
    }
  },
  run: async ({ variables }, { env }) => {
    await check(variables, env)
    for (const name of own) delete process.env[name]
    Object.assign(process.env, variables)
    // The server is a program of its own: from here it owns the signals and the end of the process.
    await import('@konfig/server/main')
    return Number(process.exitCode ?? 0)
  },
})
