// What a login hands out: an access token and a refresh token of a new session. Owns that pair.
import { failure, KonfigError } from '@konfig/core'
import type { App } from '../app.ts'
import { endSession, refreshTokenOf, type Session, startSession } from './session.ts'
import { signToken } from './token.ts'
import { readUser, type User } from './user.ts'

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** Seconds that the access token is good for. */
  readonly expiresIn: number
  /** The tenant's name; null for the platform's side and for users without a tenant. */
  readonly tenant: string | null
}

export const tokensOf = async (app: App, session: Session): Promise<Tokens> => {
  const expiresIn = app.options.accessTokenSeconds
  const claims = { userId: session.userId, sessionId: session.id, tenant: session.tenant, acting: false }
  return {
    accessToken: await signToken(app, claims, expiresIn),
    refreshToken: refreshTokenOf(app, session),
    expiresIn,
    tenant: session.tenant ?? null,
  }
}

/** Starts a session for a user whose password was just proven. Where the password has changed meanwhile, there is none. */
export const openTokens = async (app: App, user: User, tenant: string | undefined): Promise<Tokens> => {
  const session = await startSession(app, user.id, tenant)
  const now = await readUser(app, user.id)
  if (now?.value.epoch !== user.epoch) {
    await endSession(app, user.id, session.id)
    throw new KonfigError(failure('login_failed'))
  }
  return tokensOf(app, session)
}
