// Refresh: the next pair of tokens for a refresh token, which is spent by it. A spent one that comes again ends the whole family.
import { failure, KonfigError } from '@konfig/core'
import { noteSoon } from '../audit/note.ts'
import type { Context } from '../context.ts'
import { rolesIn } from './membership.ts'
import { rotateSession, type Session } from './session.ts'
import { type Tokens, tokensOf } from './tokens.ts'

const accessLogOf = async ({ app }: Context, { tenant }: Session): Promise<string> =>
  (tenant === undefined ? undefined : (await app.directory.find(tenant))?.access) ?? app.platformAccess

/** Rejects with `token_expired`, whatever is wrong with the token. */
export const refresh = async (context: Context, token: string): Promise<Tokens> => {
  const { app, request } = context
  const expired = new KonfigError(failure('token_expired'))
  const rotated = await rotateSession(app, token)
  if (rotated.outcome === 'invalid') throw expired
  const { session } = rotated
  if (rotated.outcome === 'reused') {
    noteSoon(app, await accessLogOf(context, session), {
      type: 'refresh_reused',
      actor: `user:${session.userId}`,
      request: request.id,
      data: { session: session.id },
    })
    throw expired
  }
  if (session.tenant !== undefined) {
    const tenant = await app.directory.find(session.tenant)
    if (tenant === undefined || (await rolesIn(app, tenant, session.userId)).length === 0) throw expired
  }
  return tokensOf(app, session)
}
