// `konfig get`: one resolved value. It is what scripts call most, so it loads nothing that it can do without.
import { pathOf } from '../http/client.ts'
import { atFlag, environmentFlag, namespaceFlag } from '../flags.ts'
import { plainLines } from '../output/plain.ts'
import { isCommandError } from '../problem/problem.ts'
import { textOf, verb } from '../verb.ts'
import { keyArgument, type KeyName, keyOf, parseKey } from './place.ts'

interface Options {
  readonly name: KeyName
  readonly at: string | undefined
  readonly otherwise: string | undefined
}

interface Value {
  readonly type: string
  readonly value: unknown
}

/** Text as it is; anything else as JSON. On a terminal nothing of it steers. */
export const shownValue = (value: unknown, isTerminal: boolean): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, isTerminal ? 2 : undefined)
  return isTerminal ? plainLines(text) : text
}

export const get = verb<Options>({
  arguments: [keyArgument],
  flags: [
    environmentFlag,
    namespaceFlag,
    atFlag,
    { name: 'default', value: 'TEXT', description: 'Print this where the key has no value' },
  ],
  examples: ['get billing/timeout --environment production', 'get billing/timeout -e production --json'],
  parse: (given) => ({
    name: parseKey(given.arguments[0] ?? ''),
    at: textOf(given, 'at'),
    otherwise: textOf(given, 'default'),
  }),
  run: async ({ name, at, otherwise }, { client, output, settings, terminal }) => {
    const key = keyOf(name, settings)
    try {
      const { body } = await client.ask({
        path: pathOf`/values/${key.namespace}/${key.key}`,
        query: { environment: settings.environment, at },
      })
      await output.show(body, () => shownValue((body as Value).value, terminal.outIsTerminal) || '\n')
    } catch (reason) {
      const code = isCommandError(reason) ? reason.problem.code : undefined
      if (otherwise === undefined || (code !== 'no_value' && code !== 'resource_not_found')) throw reason
      await output.show({ ...key, value: otherwise, default: true }, () => otherwise)
    }
  },
})
