// `konfig profile use`: from now on this profile, and where given another environment or namespace for it.
import { environmentFlag, namespaceFlag } from '../flags.ts'
import { refuse } from '../problem/problem.ts'
import { didYouMean } from '../problem/suggest.ts'
import { textOf, verb } from '../verb.ts'
import type { ProfileFile } from './profile.ts'
import { changeProfiles } from './write.ts'

interface Options {
  readonly name: string
  readonly environment: string | undefined
  readonly namespace: string | undefined
}

export const noProfile = (name: string, { profiles }: ProfileFile): never => {
  const next = didYouMean(name, Object.keys(profiles)) ?? 'See `konfig profile list`.'
  return refuse({ code: 'profile_unknown', outcome: 'not_found', detail: `There is no profile ${name}.`, next })
}

export const useProfile = verb<Options>({
  arguments: [{ name: 'NAME', description: 'The profile' }],
  flags: [environmentFlag, namespaceFlag],
  examples: ['profile use staging --environment staging'],
  makesProfile: true,
  parse: (given) => ({
    name: given.arguments[0] ?? '',
    environment: textOf(given, 'environment'),
    namespace: textOf(given, 'namespace'),
  }),
  run: async ({ name, environment, namespace }, { settings, output }) => {
    await changeProfiles(settings.path, (file) => {
      const profile = Object.hasOwn(file.profiles, name) ? file.profiles[name] : undefined
      if (profile === undefined) return noProfile(name, file)
      const changed = {
        ...profile,
        ...(environment === undefined ? {} : { environment }),
        ...(namespace === undefined ? {} : { namespace }),
      }
      return { current: name, profiles: { ...file.profiles, [name]: changed } }
    })
    output.say(`${output.notePaint.green('✓')} Profile ${name} is used from now on.`)
  },
})
