// `konfig rollback`: puts a key back to one of its versions, as a new version. Without a number: to the one before the newest.
import { environmentFlag, namespaceFlag, writeFlags } from '../flags.ts'
import { valueCell } from '../output/table.ts'
import { refuse, usage } from '../problem/problem.ts'
import { type Deps, isSet, verb } from '../verb.ts'
import { configPath, type Definition } from '../values/definition.ts'
import { type Key, keyArgument, type KeyName, keyOf, parseKey } from '../values/place.ts'
import { environmentOf, placeText } from '../values/target.ts'
import { sendWrite, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { versionsOf } from './history.ts'

interface Options {
  readonly name: KeyName
  readonly version: number | undefined
  readonly base: boolean
  readonly write: WriteFlags
}

const previous = async (key: Key, environment: string | undefined, deps: Deps): Promise<number> => {
  const { items } = await versionsOf(key, environment, 0, deps)
  const [, before] = items.filter((item) => item.environment === environment)
  return (
    before?.version ??
    refuse({
      code: 'version_not_found',
      outcome: 'not_found',
      detail: `${placeText(key, environment)} has no earlier version.`,
      next: `See \`konfig history ${key.namespace}/${key.key}\`.`,
    })
  )
}

export const rollback = verb<Options>({
  description: 'History is never cut: the old content becomes a new version. See `konfig history` for the numbers.',
  arguments: [
    keyArgument,
    { name: 'VERSION', description: 'The version to go back to; without it, the one before', optional: true },
  ],
  flags: [
    environmentFlag,
    namespaceFlag,
    { name: 'base', description: 'The base value, not the settled environment' },
    ...writeFlags,
  ],
  examples: ['rollback billing/timeout', 'rollback billing/timeout 3 --environment production'],
  parse: (given) => {
    const [name = '', version] = given.arguments
    if (version !== undefined && !/^[1-9]\d{0,14}$/.test(version))
      usage('The version is not a number.', 'Such as 3; see `konfig history`.')
    return {
      name: parseKey(name),
      version: version === undefined ? undefined : Number(version),
      base: isSet(given, 'base'),
      write: writeFlagsOf(given),
    }
  },
  run: async ({ name, version, base, write }, deps) => {
    const { settings, output } = deps
    const key = keyOf(name, settings)
    const environment = environmentOf(base, deps)
    const to = version ?? (await previous(key, environment, deps))
    const { body } = await sendWrite(
      {
        request: {
          method: 'POST',
          path: `${configPath(key)}/rollback`,
          body: { version: to, ...(environment === undefined ? {} : { environment }) },
        },
        flags: write,
        act: `roll ${placeText(key, environment)} back to version ${to}`,
        readAt: { path: configPath(key), query: { environment } },
      },
      deps,
    )
    const { value } = body as Definition
    output.say(
      `${output.notePaint.green('✓')} ${placeText(key, environment)}${write.dryRun ? ' would be' : ' is'} ${output.notePaint.bold(valueCell(value))}, as in version ${to}`,
    )
    if (output.format !== 'table') await output.show(body, () => '')
  },
})
