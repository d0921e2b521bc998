// `konfig history`: the versions of a key, newest first.
import { limitOf } from '../parse/limit.ts'
import { pagesOf } from '../catalogue/pages.ts'
import { limitFlag, namespaceFlag } from '../flags.ts'
import { valueCell } from '../output/table.ts'
import { type Deps, textOf, verb } from '../verb.ts'
import { configPath } from '../values/definition.ts'
import { actorNames, withNames } from './actors.ts'
import { type Key, keyArgument, type KeyName, keyOf, parseKey } from '../values/place.ts'

interface Options {
  readonly name: KeyName
  readonly environment: string | undefined
  readonly limit: number
}

export interface Version {
  readonly version: number
  readonly changeType: string
  readonly value?: unknown
  readonly environment?: string
  readonly changedAt: string
  readonly changedBy: string
  /** Who that is, where the caller may know. */
  readonly changedByName?: string
  readonly revision: number
  readonly message?: string
}

/** Newest first; with an environment those of its override alone. */
export const versionsOf = async (
  key: Key,
  environment: string | undefined,
  limit: number,
  { client }: Pick<Deps, 'client'>,
) => {
  const { items, next } = await pagesOf(client, { path: `${configPath(key)}/history`, query: { environment } }, limit)
  return { items: items as readonly Version[], next }
}

export const history = verb<Options>({
  description: 'Versions of the base value and of each override are numbered on their own.',
  arguments: [keyArgument],
  flags: [
    { name: 'environment', short: 'e', value: 'NAME', description: 'Only what was set in this environment' },
    namespaceFlag,
    limitFlag,
  ],
  examples: ['history billing/timeout'],
  parse: (given) => ({
    name: parseKey(given.arguments[0] ?? ''),
    environment: textOf(given, 'environment'),
    limit: limitOf(given),
  }),
  run: async ({ name, environment, limit }, deps) => {
    const { output, settings } = deps
    const read = await versionsOf(keyOf(name, settings), environment, limit, deps)
    const nameOf = await actorNames(
      read.items.map(({ changedBy }) => changedBy),
      deps,
    )
    const page = { ...read, items: withNames(read.items, 'changedBy', 'changedByName', nameOf) }
    await output.list(
      page,
      [
        { title: 'where', of: (row) => row.environment ?? 'base' },
        { title: 'version', of: ({ version }) => version },
        { title: 'change', of: ({ changeType }) => changeType },
        { title: 'value', of: ({ value }) => valueCell(value) },
        { title: 'revision', of: ({ revision }) => revision },
        { title: 'at', of: ({ changedAt }) => changedAt },
        { title: 'by', of: ({ changedBy, changedByName }) => changedByName ?? changedBy },
        { title: 'message', of: ({ message }) => message },
      ],
      page.items,
    )
    if (page.items.length === 0) output.say('It was never set.')
  },
})
