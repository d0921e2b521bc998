// GET /values?application=: what one application reads, its namespaces laid over each other. Needs `value:read` on all of them.
import { dependenciesSoFar, type Dependency, namespacesOf, resolveApplication, type Resource } from '@konfig/core'
import { findApplication } from '../applications/find.ts'
import { check, type Context, notFound } from '../context.ts'
import { explainKeys } from './explain.ts'
import type { ReadDocumentOptions, ValuesAnswer } from './face.ts'
import { answerOnce, type Made } from './keep.ts'
import { type Question, questionOf, worldFor } from './question.ts'
import { ready } from './ready.ts'
import { formatOf, plain } from './read-namespace.ts'
import { resolveSliced } from './resolve.ts'
import { documentText, liveValues, mediaTypes, objectText } from './write.ts'

export interface ApplicationAsked extends ReadDocumentOptions {
  readonly application: string
}

/** The application, once the caller may read all that it reads and it is there. */
export const applicationAsked = (context: Context, { tenant, environment }: Question, nameOrId: string): Resource => {
  const found = findApplication(tenant, nameOrId)
  const environments = [environment]
  if (found === undefined) {
    check(context, 'value:read', { namespace: '*', environments })
    throw notFound('application', nameOrId)
  }
  for (const namespace of namespacesOf(found)) check(context, 'value:read', { namespace, environments })
  return found
}

export const applicationGroup: Dependency = { log: 'tenant', group: 'application' }

/** Throws as `readNamespace` does. */
export const readApplication = async (context: Context, asked: ApplicationAsked): Promise<ValuesAnswer> => {
  const format = formatOf(asked)
  const question = await questionOf(context, asked)
  const resource = applicationAsked(context, question, asked.application)
  const { layout = 'flat', explain } = asked
  const { environment, point } = question
  const make = async (): Promise<Made> => {
    const world = worldFor(question)
    for (const namespace of namespacesOf(resource)) await resolveSliced(world, namespace)
    const resolved = resolveApplication(world, resource)
    const values = liveValues(resolved.values())
    const groups = () => [...dependenciesSoFar(world), applicationGroup]
    const text = plain(asked)
      ? objectText(values)
      : await documentText([{ namespace: '', values }], false, format, layout)
    if (format !== 'json') return { bytes: Buffer.from(text, 'utf8'), groups }
    const keys = [...resolved]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { namespace }]) => [namespace, key] as const)
    const explanation = explain === true ? `,"explanation":${await explainKeys(context, world, keys)}` : ''
    const head = `{"environment":${JSON.stringify(environment)},"application":${JSON.stringify(resource.name)},"values":`
    return { bytes: Buffer.from(`${head}${text.trim()}${explanation}}`, 'utf8'), groups }
  }
  const key = `application/${resource.name}/${format}/${layout}`
  const { etag, body, length } =
    explain === true
      ? ready((await make()).bytes)
      : await answerOnce(context, question, { namespace: '', form: 'other', key }, make)
  return { etag, body, length, point, mediaType: mediaTypes[format] }
}
