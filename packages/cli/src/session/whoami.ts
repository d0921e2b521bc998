// `konfig whoami`: who the server takes the caller for, and what they may do.
import { card } from '../output/table.ts'
import { verb } from '../verb.ts'
import { type Me, whoText } from './me.ts'

const all = (names: readonly string[] | null, what: string): string =>
  names === null ? `all ${what}` : names.join(', ')

export const whoami = verb<undefined>({
  parse: () => undefined,
  run: async (_, { client, settings, output }) => {
    const me = (await client.ask({ path: '/auth/me' })).body as Me
    const { url, profileName, profile, credential, environment, namespace } = settings
    await output.show({ ...me, url, profile: profile === undefined ? null : profileName }, (paint) =>
      card(
        [
          ['who', whoText(me)],
          ['server', url],
          ['credential', credential?.from === 'variable' ? credential.variable : `profile ${profileName}`],
          ['acting', me.acting ? 'as an administrator of the platform' : undefined],
          ['environment', environment],
          ['namespace', namespace],
          ...me.grants.map(
            ({ permissions, namespaces, environments }) =>
              [
                'may',
                `${permissions.join(', ')} in ${all(namespaces, 'namespaces')}, ${all(environments, 'environments')}`,
              ] as const,
          ),
          ['platform', me.platformPermissions.join(', ')],
          ['member of', me.memberships.map(({ tenant, roles }) => `${tenant} (${roles.join(', ')})`).join('; ')],
        ],
        paint,
      ),
    )
  },
})
