// Refusals of rights that a use case makes, for the access log: the guard of a route is not the only one who says no.
import { KonfigError } from '@konfig/core'
import { actorOf, type Context } from '../context.ts'
import { noteDenial } from './denials.ts'
import { accessLogOf } from './log.ts'

/** Notes what was refused for want of rights; anything else that went wrong is none of the audit's business. */
export const noteRefusal = (context: Omit<Context, 'write'>, reason: unknown): void => {
  if (!(reason instanceof KonfigError) || context.caller.type === 'anonymous') return
  const { category, code, data } = reason.failure
  if (category !== 'denied') return
  noteDenial(
    context.app,
    accessLogOf(context),
    actorOf(context),
    typeof data['permission'] === 'string' ? data['permission'] : code,
  )
}
