// Access tokens: signed, short, and without permissions. One algorithm, never taken from the token itself.
import { failure, KonfigError } from '@konfig/core'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { App } from '../app.ts'

export interface TokenClaims {
  readonly userId: string
  readonly sessionId: string
  /** The tenant's name. */
  readonly tenant: string | undefined
  /** A platform administrator acts in the tenant. */
  readonly acting: boolean
}

const algorithm = 'HS256'
const issuer = 'konfig'
const audience = 'konfig-api'

export const signToken = (app: App, claims: TokenClaims, seconds: number): Promise<string> => {
  const now = Math.floor(app.ports.now() / 1000)
  return new SignJWT({
    sid: claims.sessionId,
    ...(claims.tenant === undefined ? {} : { ten: claims.tenant }),
    ...(claims.acting ? { act: true } : {}),
  })
    .setProtectedHeader({ alg: algorithm, typ: 'at+jwt' })
    .setSubject(claims.userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(app.tokenKey)
}

/** Rejects with `token_expired`, or `unauthenticated` for whatever this installation did not sign. */
export const readToken = async (app: App, token: string): Promise<TokenClaims> => {
  try {
    const { payload } = await jwtVerify(token, app.tokenKey, {
      algorithms: [algorithm],
      typ: 'at+jwt',
      issuer,
      audience,
      requiredClaims: ['sub', 'sid', 'exp'],
      currentDate: new Date(app.ports.now()),
    })
    const { sub, sid, ten, act } = payload
    if (typeof sub !== 'string' || typeof sid !== 'string') throw new KonfigError(failure('unauthenticated'))
    return { userId: sub, sessionId: sid, tenant: typeof ten === 'string' ? ten : undefined, acting: act === true }
  } catch (reason) {
    throw new KonfigError(failure(reason instanceof errors.JWTExpired ? 'token_expired' : 'unauthenticated'), {
      cause: reason,
    })
  }
}
