// Answers whether somebody may do something somewhere, and why. Anybody may ask for themselves; for others it takes `member:write`.
import { isUuid } from '@konfig/core'
import { actorOf, check, type Context, grantsOf, notFound, statesOf } from '../context.ts'
import { normalEmail } from '../identity/email.ts'
import { findUser } from '../identity/user.ts'
import { type AccessQuestion, requirementsFor } from './requirements.ts'
import { judgeAccess, keySources, memberSources, type Source, type Verdict } from './subject.ts'

const ownSources = (context: Context): readonly Source[] => {
  const { caller, log, side } = context
  const state = log.state()
  if (caller.type === 'user' && !caller.acting) {
    const member = state.get('member', caller.userId)
    if (member !== undefined) return memberSources(member, side, state)
  }
  if (caller.type === 'key') {
    const key = state.byId(caller.actor.slice('key:'.length))
    if (key !== undefined && !key.deleted) return keySources(key, side, state)
  }
  return [{ from: 'the acting token', grants: grantsOf(context) }]
}

/** `user:<id or email>` or `key:<id or name>`. */
const sourcesOf = async (context: Context, subject: string): Promise<readonly Source[]> => {
  const { app, log, side } = context
  const state = log.state()
  const at = subject.indexOf(':')
  const type = subject.slice(0, at)
  const name = subject.slice(at + 1)
  if (type === 'key') {
    const key = isUuid(name) ? state.byId(name.toLowerCase()) : state.get('apiKey', name)
    if (key === undefined || key.deleted || key.kind !== 'apiKey') throw notFound('subject', subject)
    const { expiresAt } = key.body
    return typeof expiresAt === 'number' && expiresAt <= app.ports.now() ? [] : keySources(key, side, state)
  }
  if (type !== 'user') throw notFound('subject', subject)
  const userId = isUuid(name) ? name.toLowerCase() : (await findUser(app, normalEmail(name, '/subject')))?.id
  const member = userId === undefined ? undefined : state.get('member', userId)
  if (member === undefined) throw notFound('subject', 'asked for')
  return memberSources(member, side, state)
}

/** Rejects with `denied` for a question about somebody else, `resource_not_found` for a subject that is not here. */
export const checkAccess = async (
  context: Context,
  question: AccessQuestion & { readonly subject?: string | undefined },
): Promise<Verdict> => {
  const { subject } = question
  const own = subject === undefined || subject === actorOf(context)
  if (!own) check(context, 'member:write')
  const sources = own ? ownSources(context) : await sourcesOf(context, subject)
  const { platform, tenant } = statesOf(context)
  return judgeAccess(sources, requirementsFor(question, platform, tenant))
}
