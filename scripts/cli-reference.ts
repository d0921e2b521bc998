// Writes docs/reference/cli.md: every command with its arguments, flags and examples, from the commands themselves.
// Owns the page's form. Usage: node scripts/cli-reference.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { generatedEntries } from '../packages/cli/src/catalogue/entries.ts'
import { exitMeanings } from '../packages/cli/src/exit.ts'
import { commonFlags } from '../packages/cli/src/flags.ts'
import type { Argument, Flag } from '../packages/cli/src/verb.ts'
import { type Entry, entries, groups } from '../packages/cli/src/verbs.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')

const written = ({ name, optional, many }: Argument): string => {
  const inside = many === true ? `${name}…` : name
  return optional === true ? `[${inside}]` : inside
}

const flagText = ({ name, short, value, negatable }: Flag): string => {
  const long = `--${negatable === true ? '[no-]' : ''}${name}${value === undefined ? '' : ` ${value}`}`
  return short === undefined ? long : `-${short}, ${long}`
}

const flagRows = (flags: readonly Flag[]): readonly string[] =>
  flags.map((flag) => {
    const choices = flag.choices === undefined ? '' : `: ${flag.choices.join(', ')}`
    return `| \`${cell(flagText(flag))}\` | ${cell(flag.description + choices)} |`
  })

const tableOf = (flags: readonly Flag[]): readonly string[] =>
  flags.length === 0 ? [] : ['| flag | meaning |', '| --- | --- |', ...flagRows(flags), '']

const section = async ({ words, summary, load }: Entry): Promise<readonly string[]> => {
  const { description, arguments: takes = [], flags = [], examples = [], passesOn } = await load()
  const shared = new Set(commonFlags.map(({ name }) => name))
  const line = ['konfig', ...words, ...(passesOn === true ? ['--'] : []), ...takes.map(written)].join(' ')
  const told = takes.filter((argument) => argument.description !== '')
  return [
    `### konfig ${words.join(' ')}`,
    '',
    `${summary}.${description === undefined ? '' : ` ${description}`}`,
    '',
    '```',
    line,
    '```',
    '',
    ...told.map((argument) => `- \`${argument.name}\`: ${argument.description}`),
    ...(told.length === 0 ? [] : ['']),
    ...tableOf(flags.filter(({ name }) => !shared.has(name))),
    ...(examples.length === 0 ? [] : ['```', ...examples.map((example) => `$ konfig ${example}`), '```', '']),
  ]
}

const settings: readonly (readonly [string, string])[] = [
  ['KONFIG_URL', 'Address of the server; http://127.0.0.1:8080 where nothing says another'],
  ['KONFIG_API_KEY', 'An API key'],
  ['KONFIG_TOKEN', 'An access token, where there is no key'],
  ['KONFIG_ENVIRONMENT', 'The environment, as --environment'],
  ['KONFIG_NAMESPACE', 'The namespace, as --namespace'],
  ['KONFIG_PROFILE', 'The profile, as --profile, but weaker than the other variables'],
  ['KONFIG_CA_FILE', 'PEM file of the authority that signed the certificate of the server'],
  ['NO_COLOR', 'Any value: no colours'],
]

export const referencePage = async (): Promise<string> => {
  const generated = await generatedEntries()
  const known = entries.filter(({ hidden }) => hidden !== true)
  const parts: string[] = []
  for (const group of groups) {
    const own = [...known, ...generated].filter((entry) => entry.group === group)
    if (own.length === 0) continue
    parts.push(`## ${group}`, '')
    for (const entry of own) parts.push(...(await section(entry)))
  }
  return [
    '# The command line',
    '',
    '`konfig COMMAND [ARGUMENTS] [FLAGS]`. This page is made from the commands themselves by `node scripts/cli-reference.ts`.',
    '',
    'What the settings say is found in this order: flags, then variables, then the profile. A profile that `--profile` names wins over the',
    'variables. Profiles are kept in `$XDG_CONFIG_HOME/konfig/config.json`, for its owner alone; `konfig login` and `konfig init` make them.',
    'The credentials of a profile are sent to the server of that profile only.',
    '',
    '| variable | meaning |',
    '| --- | --- |',
    ...settings.map(([name, meaning]) => `| \`${name}\` | ${meaning} |`),
    '',
    'Answers go to standard output, everything else to standard error. With `--json` standard output holds JSON and nothing else: what the API',
    'answers, lists as `{"items", "next"}`; a failure is then one JSON object on standard error, as in [problems](../problems.md) with its',
    '`category` and the `next` step.',
    '',
    'A write takes `--dry-run`, `--message` and `--yes`. What deletes asks first. In a protected environment a write shows what it changes and',
    'asks, and is refused if somebody else was faster; without a terminal both need `--yes`.',
    '',
    '| exit code | meaning |',
    '| --- | --- |',
    ...exitMeanings.map(([code, meaning]) => `| ${code} | ${meaning} |`),
    '',
    'Every command takes these:',
    '',
    ...tableOf(commonFlags),
    ...parts,
  ]
    .join('\n')
    .replace(/\n+$/, '\n')
}

export const file = fileURLToPath(new URL('../docs/reference/cli.md', import.meta.url))

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await referencePage())
}
