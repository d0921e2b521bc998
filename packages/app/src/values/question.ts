// What is asked of which states: the environment, and the moment. Owns which environment is meant, and that permission comes before existence.
import {
  environmentOf,
  environmentsOf,
  failure,
  KonfigError,
  type Point,
  type State,
  type World,
  worldOf,
} from '@konfig/core'
import type { Caller } from '../caller.ts'
import { momentOf } from '../changes/moment.ts'
import { check, type Context, may, notFound } from '../context.ts'
import { findNamespace, namespaceName } from '../namespaces/find.ts'
import { defaultEnvironment } from '../settings/settings.ts'
import type { ReadOptions } from './face.ts'

export interface Question {
  readonly environment: string
  readonly platform: State
  readonly tenant: State
  readonly point: Point
  /** Whether `at` was given: such an answer never changes. */
  readonly past: boolean
}

export const worldFor = ({ platform, tenant, environment }: Question): World => worldOf(platform, tenant, environment)

/** The one environment that a key may read values of; undefined for everybody else. For the hot lane too. */
export const boundEnvironment = (caller: Caller): string | undefined => {
  if (caller.type !== 'key') return undefined
  let bound: string | undefined
  for (const { permissions, environments } of caller.grants) {
    if (!permissions.includes('value:read')) continue
    const [only] = environments ?? []
    if (
      only === undefined ||
      environments?.length !== 1 ||
      only.includes('*') ||
      (bound !== undefined && bound !== only)
    )
      return undefined
    bound = only
  }
  return bound
}

const environmentAsked = (context: Context, asked: string | undefined): string => {
  const environment = asked ?? boundEnvironment(context.caller) ?? defaultEnvironment(context.log.state())
  if (environment !== undefined) return environment
  check(context, 'value:read')
  const choices = environmentsOf(context.app.platform.state(), context.log.state()).flatMap(({ name }) =>
    may(context, 'value:read', { environments: [name] }) ? [name] : [],
  )
  throw new KonfigError(failure('environment_required', { choices }))
}

const statesAt = async (context: Context, at: string | undefined): Promise<Omit<Question, 'environment'>> => {
  const { app, log } = context
  if (at === undefined) {
    const tenant = log.state()
    const platform = app.platform.state()
    return { tenant, platform, point: { platform: platform.revision, tenant: tenant.revision }, past: false }
  }
  const moment = await momentOf(context, at)
  const [platform, tenant] = await Promise.all([
    app.past.at(app.platform, moment.platform),
    app.past.at(log, moment.revision),
  ])
  return { tenant, platform, point: { platform: moment.platform, tenant: moment.revision }, past: true }
}

/** Throws `environment_required`, `denied`, `resource_not_found`, `revision_not_found`, `malformed_request`. */
export const questionOf = async (context: Context, { environment: asked, at }: ReadOptions): Promise<Question> => {
  const environment = environmentAsked(context, asked)
  // Whoever may read nothing there learns neither whether it is there nor whether the moment is.
  check(context, 'value:read', { environments: [environment] })
  const question = { ...(await statesAt(context, at)), environment }
  if (environmentOf(environment, question.platform, question.tenant) === undefined)
    throw notFound('environment', environment)
  return question
}

/** The namespace's name, once the caller may read it there and it is there. */
export const namespaceAsked = (context: Context, question: Question, nameOrId: string): string => {
  const name = namespaceName(question, nameOrId)
  check(context, 'value:read', { namespace: name ?? '*', environments: [question.environment] })
  const found = name === undefined ? undefined : findNamespace(question, name)
  if (found === undefined) throw notFound('namespace', nameOrId)
  return found.resource.name
}

/** The environment's name as the state has it, so that what is kept does not hold on to a request. */
export const environmentName = ({ platform, tenant, environment }: Question): string =>
  (platform.get('environment', environment) ?? tenant.get('environment', environment))?.name ?? environment
