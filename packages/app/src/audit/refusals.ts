// Refusals of rights, for the access log: the guard of a route says no, and so may the use case behind it.
import { KonfigError } from '@konfig/core'
import { actorOf, type Context } from '../context.ts'
import { noteDenial } from './denials.ts'
import { accessLogOf } from './log.ts'

const longestPlace = 300

/** Notes what was refused for want of rights; anything else that went wrong is none of the audit's business. */
export const noteRefusal = (context: Omit<Context, 'write'>, reason: unknown): void => {
  if (!(reason instanceof KonfigError) || context.caller.type === 'anonymous') return
  const { category, code, data } = reason.failure
  if (category !== 'denied') return
  const permission = typeof data['permission'] === 'string' ? data['permission'] : code
  const where = typeof data['where'] === 'string' ? data['where'].trim().slice(0, longestPlace) : ''
  noteDenial(context.app, accessLogOf(context), actorOf(context), permission, {
    request: context.request.id,
    ...(where === '' ? {} : { data: { where } }),
  })
}
