// `konfig unset`: takes a value away, so that the next weaker one holds. The definition stays; `konfig config delete` ends it.
import { environmentFlag, namespaceFlag, writeFlags } from '../flags.ts'
import { pathOf } from '../http/client.ts'
import { valueCell } from '../output/table.ts'
import { isCommandError, refuse } from '../problem/problem.ts'
import { type Deps, isSet, verb } from '../verb.ts'
import { sendWrite, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { absent, configPath, readDefinition } from './definition.ts'
import { type Key, keyArgument, type KeyName, keyOf, parseKey } from './place.ts'
import { environmentOf, placeText } from './target.ts'

interface Options {
  readonly name: KeyName
  readonly base: boolean
  readonly write: WriteFlags
}

const nothingThere = async (key: Key, environment: string | undefined, deps: Deps): Promise<never> =>
  (await readDefinition(key, undefined, deps)) === undefined
    ? absent(key, deps)
    : refuse({
        code: 'no_value',
        outcome: 'not_found',
        detail: `${placeText(key, environment)} has no value of its own.`,
        next: `See where its value comes from with \`konfig explain ${key.namespace}/${key.key}${environment === undefined ? '' : ` --environment ${environment}`}\`.`,
      })

/** What holds now; it is only told, so that not being allowed to read it is no failure. */
const holdsNow = async (key: Key, environment: string | undefined, { client }: Deps): Promise<string> => {
  if (environment === undefined) return ''
  try {
    const { body } = await client.ask({ path: pathOf`/values/${key.namespace}/${key.key}`, query: { environment } })
    return `; now ${valueCell((body as { readonly value: unknown }).value)}`
  } catch (reason) {
    if (!isCommandError(reason)) throw reason
    return reason.problem.code === 'no_value' ? '; now without a value' : ''
  }
}

export const unset = verb<Options>({
  description:
    'With an environment its override goes; with --base, or where no environment is settled, the base value.',
  arguments: [keyArgument],
  flags: [environmentFlag, namespaceFlag, { name: 'base', description: 'Take the base value away' }, ...writeFlags],
  examples: ['unset billing/timeout --environment production'],
  parse: (given) => ({
    name: parseKey(given.arguments[0] ?? ''),
    base: isSet(given, 'base'),
    write: writeFlagsOf(given),
  }),
  run: async ({ name, base, write }, deps) => {
    const { settings, output } = deps
    const key = keyOf(name, settings)
    const environment = environmentOf(base, deps)
    const before = await readDefinition(key, environment, deps)
    if (before === undefined || before.version === 0 || before.value === undefined)
      return nothingThere(key, environment, deps)
    const whole = environment !== undefined || before.definedBy === 'platform'
    await sendWrite(
      {
        request: whole
          ? { method: 'DELETE', path: configPath(key), query: { environment } }
          : {
              method: 'PATCH',
              path: configPath(key),
              body: { value: null },
              headers: { 'content-type': 'application/merge-patch+json' },
            },
        flags: write,
        act: `unset ${placeText(key, environment)}`,
        readAt: { path: configPath(key), query: { environment } },
      },
      deps,
    )
    const now = write.dryRun ? '' : await holdsNow(key, environment, deps)
    output.say(
      `${output.notePaint.green('✓')} ${placeText(key, environment)}${write.dryRun ? ' would be' : ' is'} unset (was ${valueCell(before.value)})${now}`,
    )
  },
})
