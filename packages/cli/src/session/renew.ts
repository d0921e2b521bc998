// Renews an access token with its refresh token, which only its first use may spend.
// Promise: of several processes one refreshes and the others take what it wrote, so that none ends the session for all.
import type { Client } from '../http/client.ts'
import { isCommandError } from '../problem/problem.ts'
import type { Profile } from '../profile/profile.ts'
import { changeProfiles } from '../profile/write.ts'

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly expiresIn: number
  readonly tenant: string | null
}

export interface Renewed {
  readonly text: string
  readonly expiresAt: number | undefined
}

export const withTokens = (
  profile: Profile,
  { accessToken, refreshToken, expiresIn, tenant }: Tokens,
  now: number,
): Profile => {
  const { apiKey: _, ...rest } = profile
  return {
    ...rest,
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(tenant === null ? {} : { tenant }),
    expiresAt: now + expiresIn * 1000,
  }
}

interface Renewing {
  readonly path: string
  readonly profileName: string
  readonly client: Client
  readonly now: () => number
}

/** A token other than `refused`; undefined where the session has ended. */
export const renewToken = async (
  refused: string,
  { path, profileName, client, now }: Renewing,
): Promise<Renewed | undefined> => {
  const file = await changeProfiles(path, async (current) => {
    const profile = current.profiles[profileName]
    if (profile?.refreshToken === undefined || profile.accessToken !== refused) return current
    try {
      const { body } = await client.ask({
        method: 'POST',
        path: '/auth/refresh',
        body: { refreshToken: profile.refreshToken },
        anonymous: true,
      })
      return {
        ...current,
        profiles: { ...current.profiles, [profileName]: withTokens(profile, body as Tokens, now()) },
      }
    } catch (reason) {
      // A session that ended is told by the request itself; what else went wrong is told now.
      if (isCommandError(reason) && reason.problem.outcome === 'unauthenticated') return current
      throw reason
    }
  })
  const { accessToken: text, expiresAt } = file.profiles[profileName] ?? {}
  return text === undefined || text === refused ? undefined : { text, expiresAt }
}
