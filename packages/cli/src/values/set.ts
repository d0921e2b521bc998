// `konfig set`: writes the value of a key, typed by its definition, as its base value or for one environment.
import { environmentFlag, namespaceFlag, writeFlags } from '../flags.ts'
import { valueCell } from '../output/table.ts'
import { usage } from '../problem/problem.ts'
import { type Deps, isSet, textOf, verb } from '../verb.ts'
import { readText } from '../write/read-text.ts'
import { sendWrite, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { absent, configPath, type Definition, readDefinition, types, valueFrom } from './definition.ts'
import { type Key, keyArgument, type KeyName, keyOf, parseKey } from './place.ts'
import { environmentOf, placeText } from './target.ts'
import { pathOf } from '../http/client.ts'

interface Options {
  readonly name: KeyName
  readonly value: string | undefined
  readonly file: string | undefined
  readonly as: string | undefined
  readonly type: string | undefined
  readonly base: boolean
  readonly write: WriteFlags
}

/** The line end that `echo` adds is no part of a value; a file is taken as it is. */
const textFor = async ({ value, file }: Options, deps: Deps): Promise<string> => {
  if (file !== undefined) return readText(file, deps)
  return value === '-' ? (await readText('-', deps)).replace(/\r?\n$/, '') : (value ?? '')
}

const create = async (key: Key, type: string, text: string, { as, write }: Options, deps: Deps): Promise<void> => {
  const body = { key: key.key, type, value: valueFrom(text, { type }, as) }
  const { body: answer } = await sendWrite(
    {
      request: { method: 'POST', path: pathOf`/namespaces/${key.namespace}/configs`, body },
      flags: write,
      act: `create ${key.namespace}/${key.key}`,
      readAt: { path: configPath(key) },
    },
    deps,
  )
  await told(key, undefined, undefined, answer, write, deps)
}

const told = async (
  key: Key,
  environment: string | undefined,
  before: unknown,
  answer: unknown,
  { dryRun }: WriteFlags,
  { output }: Deps,
): Promise<void> => {
  const { value } = answer as Definition
  const was = before === undefined ? 'not set' : valueCell(before)
  output.say(
    `${output.notePaint.green('✓')} ${placeText(key, environment)}${dryRun ? ' would be' : ' is'} ${output.notePaint.bold(valueCell(value))} (was ${was})`,
  )
  if (output.format !== 'table') await output.show(answer, () => '')
}

export const set = verb<Options>({
  description:
    "With an environment (--environment, KONFIG_ENVIRONMENT or the profile's) the value holds there and below; with --base, or where no environment is settled, it is the base value. The text is read as the type of the key says.",
  arguments: [
    keyArgument,
    { name: 'VALUE', description: 'The value; - reads standard input, without the last line end', optional: true },
  ],
  flags: [
    environmentFlag,
    namespaceFlag,
    { name: 'base', description: 'Set the base value, for all environments' },
    { name: 'value-file', value: 'FILE', description: 'The value is what this file holds, as it is' },
    {
      name: 'as',
      value: 'TYPE',
      choices: ['string', 'number', 'boolean', 'json'],
      description: 'Read the text as this, whatever the type of the key',
    },
    { name: 'type', value: 'TYPE', choices: types, description: 'Make the key with this type where it is not there' },
    ...writeFlags,
  ],
  examples: [
    'set billing/timeout 30 --environment production --message "Slower bank"',
    'set billing/limits --value-file limits.json',
    'set billing/greeting hello --type string',
  ],
  parse: (given) => {
    const [name = '', value] = given.arguments
    const file = textOf(given, 'value-file')
    if ((value === undefined) === (file === undefined))
      usage(
        value === undefined ? 'No value is given.' : 'The value is given twice.',
        'Write it after the key, or name a file with --value-file, or - for standard input.',
      )
    if (isSet(given, 'base') && textOf(given, 'environment') !== undefined)
      usage('--base and --environment contradict each other.')
    return {
      name: parseKey(name),
      value,
      file,
      as: textOf(given, 'as'),
      type: textOf(given, 'type'),
      base: isSet(given, 'base'),
      write: writeFlagsOf(given),
    }
  },
  run: async (options, deps) => {
    const key = keyOf(options.name, deps.settings)
    const environment = environmentOf(options.base, deps)
    const text = await textFor(options, deps)
    const definition = await readDefinition(key, undefined, deps)
    if (definition === undefined) {
      if (options.type === undefined) return absent(key, deps)
      if (environment !== undefined)
        usage(
          `There is no config named ${key.namespace}/${key.key} yet.`,
          'A new key gets its base value first: add --base.',
        )
      return create(key, options.type, text, options, deps)
    }
    const value = valueFrom(text, definition, options.as)
    const before = environment === undefined ? definition.value : (await readDefinition(key, environment, deps))?.value
    const { body } = await sendWrite(
      {
        request: { method: 'PUT', path: configPath(key), query: { environment }, body: { value } },
        flags: options.write,
        act: `set ${placeText(key, environment)}`,
      },
      deps,
    )
    return told(key, environment, before, body, options.write, deps)
  },
})
