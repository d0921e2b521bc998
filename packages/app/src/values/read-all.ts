// GET /values: every namespace that the caller may see, put together from the answers of each; what may not be seen is left out.
import { hash } from 'node:crypto'
import { dependenciesOf, type Dependency, resolveNamespace } from '@konfig/core'
import { type Context, may } from '../context.ts'
import { mergeNames } from '../page.ts'
import { explainKeys } from './explain.ts'
import type { ReadDocumentOptions, ReadyAnswer, ValuesAnswer } from './face.ts'
import { answerFrom } from './keep.ts'
import { type Question, questionOf, worldFor } from './question.ts'
import { answerTooLarge, bytesOf, largestAnswerBytes, ready } from './ready.ts'
import { formatOf, groupIn, head, namespaceGroups, plain, plainNamespace } from './read-namespace.ts'
import { documentText, mediaTypes, objectText } from './write.ts'

const visibleNamespaces = (context: Context, { platform, tenant, environment }: Question): readonly string[] =>
  mergeNames(platform.names('namespace'), tenant.names('namespace')).filter(
    (name) =>
      (platform.get('namespace', name) ?? tenant.get('namespace', name)) !== undefined &&
      may(context, 'value:read', { namespace: name, environments: [environment] }),
  )

/** What all answers of these namespaces rest on, each group once. */
const groupsOf = (context: Context, question: Question, namespaces: readonly string[]): readonly Dependency[] => {
  const groups = new Map<string, Dependency>()
  const add = (found: Dependency): void => {
    groups.set(`${found.log} ${found.group}`, found)
  }
  for (const found of namespaceGroups) add(found)
  for (const namespace of namespaces) {
    // An answer that was too large to be kept says nothing of what it rests on.
    const kept = context.app.answers.shelf(context.log.log, question.environment, namespace)?.whole
    for (const found of kept?.basis.groups ?? dependenciesOf(worldFor(question), [namespace])) add(found)
  }
  return [...groups.values()]
}

/** The namespaces' answers, without what each repeats. */
const joined = (context: Context, question: Question, namespaces: readonly string[]): Buffer => {
  const start = Buffer.byteLength(head(question.environment)) + 1
  const parts: Buffer[] = [Buffer.from(`${head(question.environment)}{`, 'utf8')]
  const comma = Buffer.from(',')
  let length = start + 2
  for (const [index, namespace] of namespaces.entries()) {
    const bytes = bytesOf(plainNamespace(context, question, namespace))
    length += bytes.length - start - 1
    if (length > largestAnswerBytes) throw answerTooLarge()
    if (index > 0) parts.push(comma)
    parts.push(bytes.subarray(start, bytes.length - 2))
  }
  parts.push(Buffer.from('}}'))
  return Buffer.concat(parts)
}

/** Throws as `readNamespace` does. */
export const readAll = async (context: Context, asked: ReadDocumentOptions): Promise<ValuesAnswer> => {
  const format = formatOf(asked)
  const question = await questionOf(context, asked)
  const namespaces = visibleNamespaces(context, question)
  const mediaType = mediaTypes[format]
  const { layout = 'flat' } = asked
  const { environment, point } = question
  const send = ({ etag, body, length }: ReadyAnswer): ValuesAnswer => ({ etag, body, length, point, mediaType })
  if (asked.explain === true) {
    const world = worldFor(question)
    const groups = namespaces.map((namespace) => groupIn(world, namespace))
    const values =
      layout === 'flat'
        ? `{${groups.map((group) => `${JSON.stringify(group.namespace)}:${objectText(group.values)}`).join(',')}}`
        : documentText(groups, true, 'json', layout).trim()
    const keys = namespaces.flatMap((namespace) =>
      [...resolveNamespace(world, namespace).keys()].sort().map((key) => [namespace, key] as const),
    )
    return send(
      ready(
        Buffer.from(
          `${head(environment)}${values},"explanation":${JSON.stringify(explainKeys(context, world, keys))}}`,
          'utf8',
        ),
      ),
    )
  }
  const list = hash('sha256', namespaces.join(' '), 'base64url')
  if (plain(asked))
    return send(
      answerFrom(context, question, { namespace: '', form: 'other', key: `all/${list}` }, () => {
        const bytes = joined(context, question, namespaces)
        return { bytes, groups: () => groupsOf(context, question, namespaces) }
      }),
    )
  const world = worldFor(question)
  const text = documentText(
    namespaces.map((namespace) => groupIn(world, namespace)),
    true,
    format,
    layout,
  )
  return send(ready(Buffer.from(format === 'json' ? `${head(environment)}${text.trim()}}` : text, 'utf8')))
}
