// GET /stream: what is to be followed, by whom, from where. Owns the checks before a stream opens; they are those of reading values.
import { failure, KonfigError, parsePoint, type State } from '@konfig/core'
import { noteQuota } from '../audit/denials.ts'
import type { Context } from '../context.ts'
import { grantsOf } from '../context.ts'
import { environmentName, namespaceAsked, questionOf } from '../values/question.ts'
import { applicationAsked } from '../values/read-application.ts'
import type { ReadyStream, Resume, StreamAsked } from './face.ts'
import { type Selection, sightOf } from './selection.ts'
import { streamsOf } from './streams.ts'

const selectionOf = async (context: Context, asked: StreamAsked): Promise<Selection> => {
  const { namespaces, application } = asked
  if (namespaces !== undefined && application !== undefined)
    throw new KonfigError(failure('malformed_request', { reason: 'name namespaces or an application, not both' }))
  const question = await questionOf(context, { environment: asked.environment })
  const environment = environmentName(question)
  if (application !== undefined)
    return { type: 'application', environment, application: applicationAsked(context, question, application).name }
  if (namespaces === undefined) return { type: 'all', environment, sight: sightOf(grantsOf(context), environment) }
  const names = namespaces.map((each) => namespaceAsked(context, question, each))
  return { type: 'namespaces', environment, namespaces: [...new Set(names)].sort() }
}

const whatMayBeSeen = ['apiKey', 'role', 'member', 'tenant', 'settings']

/** The point to go on from; undefined where only a whole answer is sure to be right. */
const resumeFrom = async (
  { app, log }: Context,
  selection: Selection,
  resume: Resume | undefined,
  ownLog: string,
): Promise<string | undefined> => {
  const point = resume === undefined || resume.log !== ownLog ? undefined : parsePoint(resume.id)
  if (point === undefined) return undefined
  // Another node was ahead: a client is not led back.
  try {
    if (point.tenant > log.state().revision) await log.catchUp()
    if (point.platform > app.platform.state().revision) await app.platform.catchUp()
  } catch (reason) {
    // While the journal is away, what this node has is the best that there is.
    if (!(reason instanceof KonfigError) || reason.failure.category !== 'unavailable') throw reason
  }
  const state: State = log.state()
  // What may be seen may have changed meanwhile, and with it what the client holds.
  if (selection.type === 'all' && whatMayBeSeen.some((group) => state.touched(group) > point.tenant)) return undefined
  return `${point.platform}-${point.tenant}`
}

/**
 * Throws `malformed_request`, `environment_required`, `denied`, `resource_not_found`, `too_large`, and when it is opened `limit_reached`.
 * What the answer was made of and what follows it are one: a commit meanwhile is in the first event or comes after it.
 */
export const followValues = async (context: Context, asked: StreamAsked): Promise<ReadyStream> => {
  const { app, log, tenant, caller } = context
  if (tenant === undefined) throw new KonfigError(failure('unauthenticated'))
  const selection = await selectionOf(context, asked)
  const ownLog = `${app.platform.log}.${tenant.config}`
  const from = await resumeFrom(context, selection, asked.resume, ownLog)
  const house = streamsOf(app).house(tenant, log)
  const follower = house.follow(selection)
  await follower.catchUp()
  const grants = grantsOf(context)
  return {
    log: ownLog,
    open: (listener) => {
      try {
        return house.seat(follower, listener, grants, from)
      } catch (reason) {
        if (reason instanceof KonfigError && reason.failure.code === 'limit_reached' && caller.type !== 'anonymous')
          noteQuota(app, tenant.access, caller.actor, 'streams')
        throw reason
      }
    },
  }
}
