// GET /values/{ns}: all values of one namespace, in any format.
import { dependenciesOf, type Dependency, failure, KonfigError, resolveNamespace, type World } from '@konfig/core'
import type { Context } from '../context.ts'
import { explainKeys } from './explain.ts'
import type { FormatName, ReadDocumentOptions, ReadyAnswer, ValuesAnswer } from './face.ts'
import { answerFrom, type Made } from './keep.ts'
import { namespaceAsked, type Question, questionOf, worldFor } from './question.ts'
import { ready } from './ready.ts'
import { documentText, type Group, liveValues, mediaTypes, objectText } from './write.ts'

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

export const groupIn = (world: World, namespace: string): Group => ({
  namespace,
  values: liveValues(resolveNamespace(world, namespace).values()),
})

/** `"environment":"production","values":` before the values of all, so that answers can be put together from others. */
export const head = (environment: string): string => `{"environment":${JSON.stringify(environment)},"values":`

const plainText = (question: Question, group: Group): string =>
  `${head(question.environment)}{${JSON.stringify(group.namespace)}:${objectText(group.values)}}}`

export const plainNamespace = (context: Context, question: Question, namespace: string): ReadyAnswer =>
  answerFrom(context, question, { namespace, form: 'whole', key: '' }, (): Made => {
    const world = worldFor(question)
    const text = plainText(question, groupIn(world, namespace))
    return {
      bytes: Buffer.from(text, 'utf8'),
      groups: () => [...dependenciesOf(world, [namespace]), ...namespaceGroups],
    }
  })

/** Throws as `readValue` does, and `names_collide`, `value_unwritable`. */
export const readNamespace = async (context: Context, asked: NamespaceAsked): Promise<ValuesAnswer> => {
  const format = formatOf(asked)
  const question = await questionOf(context, asked)
  const namespace = namespaceAsked(context, question, asked.namespace)
  const mediaType = mediaTypes[format]
  const { environment, point } = question
  const send = ({ etag, body, length }: ReadyAnswer): ValuesAnswer => ({ etag, body, length, point, mediaType })
  const { layout = 'flat' } = asked
  if (asked.explain === true) {
    const world = worldFor(question)
    const group = groupIn(world, namespace)
    const values = layout === 'flat' ? objectText(group.values) : documentText([group], false, 'json', layout).trim()
    const explanation = explainKeys(
      context,
      world,
      [...resolveNamespace(world, namespace).keys()].sort().map((key) => [namespace, key] as const),
    )
    return send(
      ready(
        Buffer.from(
          `${head(environment)}{${JSON.stringify(namespace)}:${values}},"explanation":${JSON.stringify(explanation)}}`,
          'utf8',
        ),
      ),
    )
  }
  if (plain(asked)) return send(plainNamespace(context, question, namespace))
  return send(
    answerFrom(context, question, { namespace, form: 'other', key: `${format}/${layout}` }, () => {
      const world = worldFor(question)
      const text = documentText([groupIn(world, namespace)], false, format, layout)
      const whole = format === 'json' ? `${head(environment)}{${JSON.stringify(namespace)}:${text.trim()}}}` : text
      return {
        bytes: Buffer.from(whole, 'utf8'),
        groups: () => [...dependenciesOf(world, [namespace]), ...namespaceGroups],
      }
    }),
  )
}
