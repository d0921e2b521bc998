// One operation of the registry as a verb: its parameters are arguments and flags, its answer a table or a card. Knows no kind by name.
import type { ApiRequest, Query } from '../http/client.ts'
import { limitOf } from '../parse/limit.ts'
import { limitFlag, writeFlags } from '../flags.ts'
import { checkForm } from '../output/output.ts'
import { refuse, usage } from '../problem/problem.ts'
import { type Argument, type Deps, type Flag, type Given, textOf, textsOf, type Verb, verb } from '../verb.ts'
import { sendWrite, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { flagName, flagOf, valuesOf } from './field.ts'
import { pagesOf, textPagesOf } from './pages.ts'
import { inWordsOf } from './pointers.ts'
import type { CatalogueEntry, Operand } from './shape.ts'
import { showAnswer, showPage } from './show.ts'

interface Options {
  readonly path: { readonly [name: string]: string }
  readonly query: Query
  readonly body: { readonly [name: string]: unknown }
  readonly bodyFile: string | undefined
  readonly unset: readonly string[]
  readonly limit: number
  readonly write: WriteFlags
  readonly named: string
}

const bodyFlag: Flag = {
  name: 'body',
  value: 'FILE',
  description: 'The whole body as JSON from a file, or - for standard input',
}

const unsetFlag: Flag = { name: 'unset', value: 'FIELD', many: true, description: 'Take this field away' }

const pagers = new Set(['limit', 'cursor'])

const flagsFor = ({ method, query, body, writes, pages }: CatalogueEntry): readonly Flag[] => {
  const own = [...query.filter(({ name }) => pages !== true || !pagers.has(name)), ...(body ?? [])]
  const names = new Set<string>()
  const unique = own.filter(({ name }) => !names.has(name) && names.add(name))
  return [
    ...unique.map(flagOf),
    ...(body === undefined ? [] : [bodyFlag]),
    ...(method === 'PATCH' ? [unsetFlag] : []),
    ...(pages === true ? [limitFlag] : []),
    ...(writes === true ? writeFlags.filter(({ name }) => !names.has(name)) : []),
  ]
}

const partsOf = ({ name, into }: Operand, text: string): readonly (readonly [string, string])[] => {
  if (into.length === 1) return [[`${into[0]?.in}.${into[0]?.name}`, text]]
  const slash = text.indexOf('/')
  if (slash < 1 || slash === text.length - 1) return usage(`The argument is not ${name}.`, 'Such as billing/timeout.')
  return [text.slice(0, slash), text.slice(slash + 1)].map((part, index) => [
    `${into[index]?.in}.${into[index]?.name}`,
    part,
  ])
}

const missing = ({ body = [], query }: CatalogueEntry, options: Options): readonly string[] =>
  [
    ...query.filter(({ required, name }) => required === true && options.query[name] === undefined),
    ...(options.bodyFile === undefined ? body : []).filter(
      ({ required, name }) => required === true && options.body[name] === undefined,
    ),
  ].map(({ name }) => `--${flagName(name)}`)

const parseFor =
  (entry: CatalogueEntry) =>
  (given: Given): Options => {
    const parts = new Map(entry.operands.flatMap((operand, index) => partsOf(operand, given.arguments[index] ?? '')))
    const inside = (place: string): { readonly [name: string]: string } =>
      Object.fromEntries(
        [...parts].flatMap(([at, text]) => (at.startsWith(`${place}.`) ? [[at.slice(place.length + 1), text]] : [])),
      )
    const options: Options = {
      path: inside('path'),
      query: valuesOf(entry.query, given) as Query,
      body: { ...valuesOf(entry.body ?? [], given), ...inside('body') },
      bodyFile: textOf(given, 'body'),
      unset: textsOf(given, 'unset'),
      limit: entry.pages === true ? limitOf(given) : 0,
      write: writeFlagsOf(given),
      named: given.arguments.join(' '),
    }
    const absent = missing(entry, options)
    if (absent.length > 0)
      usage(
        `${absent.join(' and ')} ${absent.length === 1 ? 'is' : 'are'} needed.`,
        `See \`konfig ${entry.words.join(' ')} --help\`.`,
      )
    if (
      entry.method === 'PATCH' &&
      options.bodyFile === undefined &&
      Object.keys(options.body).length + options.unset.length === 0
    )
      usage('Nothing is named that should change.', `See \`konfig ${entry.words.join(' ')} --help\`.`)
    return options
  }

const readBody = async (file: string, deps: Deps): Promise<object> => {
  const { readText } = await import('../write/read-text.ts')
  const text = await readText(file, deps)
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return usage('The body is not valid JSON.', `See ${file === '-' ? 'standard input' : file}.`)
  }
  return typeof read === 'object' && read !== null ? read : usage('The body is not a JSON object.')
}

/** A cursor or a name may hold anything. */
const filledPath = (path: string, parts: Options['path']): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''))

const requestOf = async (entry: CatalogueEntry, options: Options, deps: Deps): Promise<ApiRequest> => {
  const { method, path, body } = entry
  const read = options.bodyFile === undefined ? {} : await readBody(options.bodyFile, deps)
  const removed = Object.fromEntries(options.unset.map((name) => [name, null]))
  return {
    method,
    path: filledPath(path, options.path),
    query: options.query,
    ...(body === undefined ? {} : { body: Array.isArray(read) ? read : { ...read, ...options.body, ...removed } }),
    ...(method === 'PATCH' ? { headers: { 'content-type': 'application/merge-patch+json' } } : {}),
  }
}

const done: Readonly<Record<string, string>> = {
  create: 'created',
  delete: 'deleted',
  edit: 'changed',
  set: 'set',
  invite: 'invited',
  rotate: 'rotated',
  'rotate-keys': 'keys rotated',
}

const list = async (entry: CatalogueEntry, request: ApiRequest, limit: number, deps: Deps): Promise<void> => {
  const format = request.query?.['format']
  if (typeof format !== 'string' || format === 'json')
    return showPage(entry, await pagesOf(deps.client, request, limit), deps)
  checkForm(format, deps.output)
  const more = await textPagesOf(deps.client, request, limit, deps.terminal.write)
  if (more) deps.output.say('… and more: add --limit 0 for all.')
}

/** What ends for good is confirmed by name, where the API asks so. */
const withConfirmation = (entry: CatalogueEntry, request: ApiRequest, named: string): ApiRequest =>
  entry.query.some(({ name }) => name === 'confirm') && request.query?.['confirm'] === undefined
    ? { ...request, query: { ...request.query, confirm: named } }
    : request

const carryOut = async (entry: CatalogueEntry, options: Options, deps: Deps): Promise<void> => {
  const request = await requestOf(entry, options, deps)
  if (entry.pages === true) return list(entry, request, options.limit, deps)
  const last = entry.words.at(-1) ?? ''
  const noun = entry.words.slice(0, -1).join(' ')
  const what = options.named === '' ? noun : `${noun} ${options.named}`
  if (entry.writes !== true && entry.method !== 'DELETE') return showAnswer(entry, await deps.client.ask(request), deps)
  const answer =
    entry.writes === true
      ? await sendWrite(
          {
            request: withConfirmation(entry, request, options.named),
            flags: options.write,
            act: `${last} ${what}`,
            destructive: entry.method === 'DELETE',
            ...(entry.method === 'POST' ? {} : { readAt: { path: request.path, query: environmentOf(options.query) } }),
          },
          deps,
        )
      : await deps.client.ask(request)
  const told = done[last] ?? `${last}: done`
  deps.output.say(`${deps.output.notePaint.green('✓')} ${options.write.dryRun ? 'Would be ' : ''}${told}: ${what}`)
  return showAnswer(entry, answer, deps)
}

/** Of a write's parameters, those that also say what is read. */
const environmentOf = ({ environment, layer }: Query): Query => ({ environment, layer })

export const generatedVerb = (entry: CatalogueEntry): Verb<unknown> =>
  verb<Options>({
    ...(entry.description === undefined ? {} : { description: entry.description }),
    arguments: entry.operands.map(({ name, description }): Argument => ({ name, description })),
    flags: flagsFor(entry),
    parse: parseFor(entry),
    run: (options, deps) => {
      if (Object.values(options.path).some((part) => part === '.' || part === '..'))
        return refuse({ code: 'name_invalid', outcome: 'usage', detail: 'Nothing can be named . or …' })
      return carryOut(entry, options, deps).catch((reason: unknown) => {
        throw inWordsOf(entry, reason)
      })
    },
  })
