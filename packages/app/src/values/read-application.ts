// GET /values?application=: what one application reads, its namespaces laid over each other. Needs `value:read` on all of them.
import { dependenciesOf, type Dependency, isUuid, namespacesOf, resolveApplication, type Resource } from '@konfig/core'
import { check, type Context, notFound } from '../context.ts'
import { explainKeys } from './explain.ts'
import type { ReadDocumentOptions, ReadyAnswer, ValuesAnswer } from './face.ts'
import { answerFrom } from './keep.ts'
import { type Question, questionOf, worldFor } from './question.ts'
import { ready } from './ready.ts'
import { formatOf } from './read-namespace.ts'
import { documentText, liveValues, mediaTypes, objectText } from './write.ts'

export interface ApplicationAsked extends ReadDocumentOptions {
  readonly application: string
}

const applicationAsked = (context: Context, { tenant, environment }: Question, nameOrId: string): Resource => {
  const byId = isUuid(nameOrId) ? tenant.byId(nameOrId) : undefined
  const found = isUuid(nameOrId)
    ? byId?.kind === 'application' && !byId.deleted
      ? byId
      : undefined
    : tenant.get('application', nameOrId)
  const environments = [environment]
  if (found === undefined) {
    check(context, 'value:read', { namespace: '*', environments })
    throw notFound('application', nameOrId)
  }
  for (const namespace of namespacesOf(found)) check(context, 'value:read', { namespace, environments })
  return found
}

const application: Dependency = { log: 'tenant', group: 'application' }

/** Throws as `readNamespace` does. */
export const readApplication = async (context: Context, asked: ApplicationAsked): Promise<ValuesAnswer> => {
  const format = formatOf(asked)
  const question = await questionOf(context, asked)
  const resource = applicationAsked(context, question, asked.application)
  const { layout = 'flat' } = asked
  const { environment, point } = question
  const make = () => {
    const world = worldFor(question)
    const resolved = resolveApplication(world, resource)
    const values = liveValues(resolved.values())
    if (format !== 'json')
      return { world, resolved, text: documentText([{ namespace: '', values }], false, format, layout) }
    const head = `{"environment":${JSON.stringify(environment)},"application":${JSON.stringify(resource.name)},"values":`
    const object =
      layout === 'flat' ? objectText(values) : documentText([{ namespace: '', values }], false, 'json', layout).trim()
    return { world, resolved, text: `${head}${object}}` }
  }
  const send = ({ etag, body, length }: ReadyAnswer): ValuesAnswer => ({
    etag,
    body,
    length,
    point,
    mediaType: mediaTypes[format],
  })
  if (asked.explain === true) {
    const { world, resolved, text } = make()
    const keys = [...resolved]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { namespace }]) => [namespace, key] as const)
    return send(
      ready(
        Buffer.from(`${text.slice(0, -1)},"explanation":${JSON.stringify(explainKeys(context, world, keys))}}`, 'utf8'),
      ),
    )
  }
  const key = `application/${resource.name}/${format}/${layout}`
  return send(
    answerFrom(context, question, { namespace: '', form: 'other', key }, () => {
      const { world, text } = make()
      return {
        bytes: Buffer.from(text, 'utf8'),
        groups: () => [...dependenciesOf(world, namespacesOf(resource)), application],
      }
    }),
  )
}
