// GET /values: every namespace that the caller may see, put together from the answers of each; what may not be seen is left out.
import { hash } from 'node:crypto'
import { dependenciesOf, type Dependency } from '@konfig/core'
import { type Context, may } from '../context.ts'
import { mergeNames } from '../page.ts'
import { holds } from './basis.ts'
import { explainKeys } from './explain.ts'
import type { ReadDocumentOptions, ReadyAnswer, ValuesAnswer } from './face.ts'
import { answerOnce, type Made } from './keep.ts'
import { type Question, questionOf, worldFor } from './question.ts'
import { formatOf, head, namespaceGroups, plain, plainNamespace } from './read-namespace.ts'
import { answerTooLarge, bytesOf, largestAnswerBytes, ready } from './ready.ts'
import { resolveSliced } from './resolve.ts'
import { documentText, type Group, liveValues, mediaTypes, objectText } from './write.ts'

const visibleNamespaces = (context: Context, { platform, tenant, environment }: Question): readonly string[] =>
  mergeNames(platform.names('namespace'), tenant.names('namespace')).filter(
    (name) =>
      (platform.get('namespace', name) ?? tenant.get('namespace', name)) !== undefined &&
      may(context, 'value:read', { namespace: name, environments: [environment] }),
  )

/** What the answer of one namespace rests on: as it is kept, where that is of these states, else worked out. */
const groupsOf = ({ app, log }: Context, question: Question, namespace: string): readonly Dependency[] => {
  const { environment, tenant, platform } = question
  const basis = app.answers.shelf(log.log, environment, namespace)?.whole?.basis
  return basis !== undefined && holds(basis, tenant, platform)
    ? basis.groups
    : dependenciesOf(worldFor(question), [namespace])
}

/** The namespaces' answers, without what each repeats. */
const joined = async (context: Context, question: Question, namespaces: readonly string[]): Promise<Made> => {
  const start = Buffer.byteLength(head(question.environment)) + 1
  const parts: Buffer[] = [Buffer.from(`${head(question.environment)}{`, 'utf8')]
  const groups = new Map(namespaceGroups.map((found) => [`${found.log} ${found.group}`, found]))
  const comma = Buffer.from(',')
  let length = start + 2
  for (const [index, namespace] of namespaces.entries()) {
    const bytes = bytesOf(await plainNamespace(context, question, namespace))
    length += bytes.length - start - 1
    if (length > largestAnswerBytes) throw answerTooLarge()
    if (index > 0) parts.push(comma)
    parts.push(bytes.subarray(start, bytes.length - 2))
    if (!question.past)
      for (const found of groupsOf(context, question, namespace)) groups.set(`${found.log} ${found.group}`, found)
  }
  parts.push(Buffer.from('}}'))
  return { bytes: Buffer.concat(parts), groups: () => [...groups.values()] }
}

/** Formats and explanations are made anew each time: they are asked for by people and by pipelines, not by every request. */
const written = async (
  context: Context,
  question: Question,
  namespaces: readonly string[],
  asked: ReadDocumentOptions,
): Promise<ReadyAnswer> => {
  const { layout = 'flat', format = 'json', explain } = asked
  const world = worldFor(question)
  const groups: Group[] = []
  const keys: (readonly [string, string])[] = []
  for (const namespace of namespaces) {
    const resolved = await resolveSliced(world, namespace)
    groups.push({ namespace, values: liveValues(resolved) })
    for (const key of resolved.map(({ definition }) => definition.name).sort()) keys.push([namespace, key])
  }
  const text = plain(asked)
    ? `{${groups.map((group) => `${JSON.stringify(group.namespace)}:${objectText(group.values)}`).join(',')}}`
    : await documentText(groups, true, format, layout)
  if (format !== 'json') return ready(Buffer.from(text, 'utf8'))
  const explanation = explain === true ? `,"explanation":${await explainKeys(context, world, keys)}` : ''
  return ready(Buffer.from(`${head(question.environment)}${text.trim()}${explanation}}`, 'utf8'))
}

/** Throws as `readNamespace` does. */
export const readAll = async (context: Context, asked: ReadDocumentOptions): Promise<ValuesAnswer> => {
  const format = formatOf(asked)
  const question = await questionOf(context, asked)
  const namespaces = visibleNamespaces(context, question)
  const key = `all/${hash('sha256', namespaces.join(' '), 'base64url')}`
  const { etag, body, length } =
    plain(asked) && asked.explain !== true
      ? await answerOnce(context, question, { namespace: '', form: 'other', key }, () =>
          joined(context, question, namespaces),
        )
      : await written(context, question, namespaces, asked)
  return { etag, body, length, point: question.point, mediaType: mediaTypes[format] }
}
