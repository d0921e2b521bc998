// `konfig logout`: ends the session at the server and forgets the credentials; the rest of the profile stays.
import { isCommandError, refuse } from '../problem/problem.ts'
import { changeProfiles } from '../profile/write.ts'
import type { Profile } from '../profile/profile.ts'
import { verb } from '../verb.ts'

const forgotten = ({
  apiKey: _key,
  accessToken: _access,
  refreshToken: _refresh,
  expiresAt: _ends,
  ...place
}: Profile): Profile => place

export const logout = verb<undefined>({
  description: 'An API key is only forgotten, not revoked: `konfig api-key delete` does that.',
  parse: () => undefined,
  run: async (_, { settings, client, output, terminal }) => {
    const { profile, profileName, path, credential } = settings
    if (profile === undefined || (profile.apiKey ?? profile.accessToken) === undefined)
      return refuse({
        code: 'not_logged_in',
        outcome: 'not_found',
        detail: `Profile ${profileName} holds no credentials.`,
      })
    if (profile.apiKey === undefined && credential?.from === 'profile')
      try {
        await client.ask({ method: 'POST', path: '/auth/logout' })
      } catch (reason) {
        if (!isCommandError(reason)) throw reason
        // A session that is over already needs no ending; one that could not be ended must be told of.
        if (reason.problem.outcome !== 'unauthenticated')
          terminal.note(
            `${output.notePaint.yellow('warning:')} The session could not be ended at the server: ${reason.problem.detail}`,
          )
      }
    await changeProfiles(path, ({ profiles, ...file }) => {
      const present = profiles[profileName]
      return present === undefined
        ? { ...file, profiles }
        : { ...file, profiles: { ...profiles, [profileName]: forgotten(present) } }
    })
    output.say(`${output.notePaint.green('✓')} Logged out of ${profile.url} (profile ${profileName}).`)
  },
})
