// Who is asking: the one way from a credential to a caller. Knows nothing of routes; what a caller may do is in the grants.
import { failure, KonfigError } from '@konfig/core'
import type { App } from '../app.ts'
import type { Caller } from '../caller.ts'
import { authenticateKey } from './authenticate-key.ts'
import { authenticateToken } from './authenticate-token.ts'

export interface Credentials {
  /** The Authorization header as it came. */
  readonly authorization?: string | undefined
  /** The X-API-Key header as it came. */
  readonly apiKey?: string | undefined
  readonly address: string
}

const refused = (): KonfigError => new KonfigError(failure('unauthenticated'))
/** No credential of ours is longer. */
const maximumLength = 4096

/** What was shown; undefined: nothing. Throws `unauthenticated` where two things were. */
export const credentialOf = ({ authorization, apiKey }: Credentials): string | undefined => {
  const bearer =
    authorization === undefined
      ? undefined
      : (/^bearer +(\S+) *$/i.exec(authorization.slice(0, maximumLength))?.[1] ?? '')
  const key = apiKey?.trim()
  // Two credentials that differ would leave open who is asking.
  if (bearer !== undefined && key !== undefined && bearer !== key) throw refused()
  return bearer ?? key
}

/**
 * The caller of a request; `anonymous` where no credential was sent. Rejects with `unauthenticated` or `token_expired` for a credential that
 * is not good now, `rate_limited` where a key was guessed too often, `unavailable`, `overloaded`.
 * Whether the tenant is suspended is for `refuseSuspended` to say, once the route is known.
 */
export const authenticate = async (app: App, credentials: Credentials): Promise<Caller> => {
  const credential = credentialOf(credentials)
  if (credential === undefined) return { type: 'anonymous' }
  if (credential === '' || credential.length > maximumLength) throw refused()
  if (credential.startsWith('kfg_')) return authenticateKey(app, credential, credentials.address)
  if (credentials.apiKey !== undefined) throw refused()
  return authenticateToken(app, credential)
}
