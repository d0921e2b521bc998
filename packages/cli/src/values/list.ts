// `konfig list`: the resolved values of a namespace, an application, or all that the caller may read.
import { atFlag, environmentFlag, namespaceFlag } from '../flags.ts'
import { valueCell } from '../output/table.ts'
import { checkForm } from '../output/output.ts'
import { usage } from '../problem/problem.ts'
import { textOf, verb } from '../verb.ts'

interface Options {
  readonly namespace: string | undefined
  readonly application: string | undefined
  readonly at: string | undefined
  readonly format: string | undefined
  readonly layout: string | undefined
}

interface Row {
  readonly name: string
  readonly value: unknown
}

type Values = { readonly [name: string]: unknown }

const rowsOf = (values: Values, application: string | undefined): readonly Row[] =>
  application !== undefined
    ? Object.entries(values).map(([name, value]) => ({ name, value }))
    : Object.entries(values).flatMap(([namespace, inside]) =>
        Object.entries(inside as Values).map(([key, value]) => ({ name: `${namespace}/${key}`, value })),
      )

export const list = verb<Options>({
  arguments: [{ name: 'NAMESPACE', description: 'Only this namespace', optional: true }],
  flags: [
    environmentFlag,
    namespaceFlag,
    { name: 'application', short: 'a', value: 'NAME', description: 'What this application reads' },
    atFlag,
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['json', 'yaml', 'env', 'properties', 'toml'],
      description: 'Print the document itself in this format',
    },
    {
      name: 'layout',
      value: 'LAYOUT',
      choices: ['flat', 'nested'],
      description: 'Keys as they are, or opened at their dots; with --format',
    },
  ],
  examples: ['list billing --environment production', 'list --application shop -e staging --format env > .env'],
  parse: (given) => {
    const [namespace] = given.arguments
    const application = textOf(given, 'application')
    const format = textOf(given, 'format')
    if (namespace !== undefined && application !== undefined)
      usage('A namespace and an application are named.', 'Name one of them.')
    if (textOf(given, 'layout') !== undefined && format === undefined) usage('--layout is of --format only.')
    return { namespace, application, at: textOf(given, 'at'), format, layout: textOf(given, 'layout') }
  },
  run: async ({ namespace, application, at, format, layout }, { client, settings, output, terminal }) => {
    checkForm(format, output)
    const { environment } = settings
    const within = application === undefined ? (namespace ?? settings.namespace) : undefined
    const answer = await client.ask({
      path: '/values',
      query: { environment, namespace: within, application, at, format, layout },
    })
    if (format !== undefined) {
      terminal.write(answer.text.endsWith('\n') ? answer.text : `${answer.text}\n`)
      return
    }
    const { values } = answer.body as { readonly values: Values }
    const rows = rowsOf(values, application)
    await output.list(
      answer.body,
      [
        { title: 'key', of: ({ name }) => name },
        { title: 'value', of: ({ value }) => valueCell(value) },
      ],
      rows,
    )
    if (rows.length === 0) output.say('No values.')
  },
})
