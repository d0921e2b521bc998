// `konfig profile remove`: forgets a profile with its credentials. Its session, if it has one, is not ended: `konfig logout` does that.
import { verb } from '../verb.ts'
import { noProfile } from './use.ts'
import { changeProfiles } from './write.ts'

interface Options {
  readonly name: string
}

export const removeProfile = verb<Options>({
  arguments: [{ name: 'NAME', description: 'The profile' }],
  makesProfile: true,
  parse: ({ arguments: [name = ''] }) => ({ name }),
  run: async ({ name }, { settings, output }) => {
    await changeProfiles(settings.path, (file) => {
      if (!Object.hasOwn(file.profiles, name)) return noProfile(name, file)
      const { [name]: _, ...profiles } = file.profiles
      const { current } = file
      return { ...(current === undefined || current === name ? {} : { current }), profiles }
    })
    output.say(`${output.notePaint.green('✓')} Profile ${name} is forgotten.`)
  },
})
