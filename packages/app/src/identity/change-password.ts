// Changing one's own password: proven by the old one; ends every other session.
import { failure, KonfigError } from '@konfig/core'
import { noteSoon } from '../audit/note.ts'
import type { Context } from '../context.ts'
import { provePassword } from './prove.ts'
import { endSessionsOf } from './session.ts'
import { userOf } from './signed-in.ts'
import { readUser, replacePassword } from './user.ts'

/** Rejects with `login_failed` for a wrong old password, `password_invalid`, `rate_limited`. */
export const changePassword = async (
  context: Context,
  input: { readonly old: string; readonly new: string },
): Promise<void> => {
  const { app, caller, request } = context
  const { userId, sessionId, actor, acting, tenant } = userOf(caller)
  if (acting) throw new KonfigError(failure('denied', { permission: 'a token that is not an acting one', where: '' }))
  const found = await readUser(app, userId)
  if (found === undefined) throw new KonfigError(failure('token_expired'))
  await provePassword(context, found.value.email, input.old, found)
  if (!(await replacePassword(app, found, input.new))) throw new KonfigError(failure('login_failed'))
  await endSessionsOf(app, userId, sessionId)
  noteSoon(app, tenant?.access ?? app.platformAccess, { type: 'password_changed', actor, request: request.id })
}
