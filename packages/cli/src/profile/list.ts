// `konfig profile list`: the profiles that are kept, without their secrets.
import { verb } from '../verb.ts'
import type { Profile } from './profile.ts'
import { readProfiles } from './read.ts'

const credentialOf = ({ apiKey, accessToken, refreshToken }: Profile): string =>
  apiKey !== undefined
    ? 'API key'
    : refreshToken !== undefined
      ? 'session'
      : accessToken !== undefined
        ? 'token'
        : 'none'

export const listProfiles = verb<undefined>({
  parse: () => undefined,
  run: async (_, { settings, output }) => {
    const { profiles } = readProfiles(settings.path)
    const items = Object.entries(profiles).map(([name, profile]) => ({
      name,
      current: name === settings.profileName,
      url: profile.url,
      tenant: profile.tenant,
      email: profile.email,
      credential: credentialOf(profile),
      environment: profile.environment,
      namespace: profile.namespace,
    }))
    await output.list(
      { items },
      [
        { title: '', of: ({ current }) => (current ? '*' : '') },
        { title: 'name', of: ({ name }) => name },
        { title: 'url', of: ({ url }) => url },
        { title: 'tenant', of: ({ tenant }) => tenant },
        { title: 'credential', of: ({ credential }) => credential },
        { title: 'environment', of: ({ environment }) => environment },
        { title: 'namespace', of: ({ namespace }) => namespace },
      ],
      items,
    )
    if (items.length === 0) output.say('None; make one with `konfig login`.')
  },
})
