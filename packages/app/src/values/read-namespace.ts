// GET /values/{ns}: all values of one namespace, in any format.
import { dependenciesSoFar, type Dependency, failure, KonfigError } from '@konfig/core'
import type { Context } from '../context.ts'
import { explainKeys } from './explain.ts'
import type { FormatName, ReadDocumentOptions, ReadyAnswer, ValuesAnswer } from './face.ts'
import { answerOnce, type Made } from './keep.ts'
import { namespaceAsked, type Question, questionOf, worldFor } from './question.ts'
import { ready } from './ready.ts'
import { groupIn, resolveSliced } from './resolve.ts'
import { documentText, liveValues, mediaTypes, objectText } from './write.ts'

export interface NamespaceAsked extends ReadDocumentOptions {
  readonly namespace: string
}

/** That a namespace is there, besides what is in it. */
export const namespaceGroups: readonly Dependency[] = [
  { log: 'platform', group: 'namespace' },
  { log: 'tenant', group: 'namespace' },
]

export const plain = ({ format = 'json', layout = 'flat' }: ReadDocumentOptions): boolean =>
  format === 'json' && layout === 'flat'

/** An explanation has a place in JSON only. */
export const formatOf = ({ format = 'json', explain }: ReadDocumentOptions): FormatName => {
  if (explain === true && format !== 'json')
    throw new KonfigError(failure('malformed_request', { reason: 'explain=true is answered in format=json only' }))
  return format
}

/** What stands before the values in every JSON answer, so that answers can be put together from others. */
export const head = (environment: string): string => `{"environment":${JSON.stringify(environment)},"values":`

const wrapped = (question: Question, namespace: string, values: string): string =>
  `${head(question.environment)}{${JSON.stringify(namespace)}:${values}}`

export const plainNamespace = (context: Context, question: Question, namespace: string): Promise<ReadyAnswer> =>
  answerOnce(context, question, { namespace, form: 'whole', key: '' }, async (): Promise<Made> => {
    const world = worldFor(question)
    const { values } = await groupIn(world, namespace)
    const bytes = Buffer.from(`${wrapped(question, namespace, objectText(values))}}`, 'utf8')
    return { bytes, groups: () => [...dependenciesSoFar(world), ...namespaceGroups] }
  })

const explainedNamespace = async (
  context: Context,
  question: Question,
  namespace: string,
  asked: ReadDocumentOptions,
): Promise<ReadyAnswer> => {
  const world = worldFor(question)
  const resolved = await resolveSliced(world, namespace)
  const group = { namespace, values: liveValues(resolved) }
  const values = plain(asked)
    ? objectText(group.values)
    : (await documentText([group], false, 'json', asked.layout ?? 'flat')).trim()
  const keys = resolved.map(({ definition }) => definition.name).sort()
  const explanation = await explainKeys(
    context,
    world,
    keys.map((key) => [namespace, key] as const),
  )
  return ready(Buffer.from(`${wrapped(question, namespace, values)},"explanation":${explanation}}`, 'utf8'))
}

/** Throws as `readValue` does, and `names_collide`, `value_unwritable`. */
export const readNamespace = async (context: Context, asked: NamespaceAsked): Promise<ValuesAnswer> => {
  const format = formatOf(asked)
  const question = await questionOf(context, asked)
  const namespace = namespaceAsked(context, question, asked.namespace)
  const { layout = 'flat' } = asked
  const make = async (): Promise<Made> => {
    const world = worldFor(question)
    const text = await documentText([await groupIn(world, namespace)], false, format, layout)
    const bytes = Buffer.from(format === 'json' ? `${wrapped(question, namespace, text.trim())}}` : text, 'utf8')
    return { bytes, groups: () => [...dependenciesSoFar(world), ...namespaceGroups] }
  }
  const { etag, body, length } =
    asked.explain === true
      ? await explainedNamespace(context, question, namespace, asked)
      : plain(asked)
        ? await plainNamespace(context, question, namespace)
        : await answerOnce(context, question, { namespace, form: 'other', key: `${format}/${layout}` }, make)
  return { etag, body, length, point: question.point, mediaType: mediaTypes[format] }
}
