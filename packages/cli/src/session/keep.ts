// Keeps a profile under the name in the settings, and makes it the one that is used.
import type { Profile } from '../profile/profile.ts'
import { changeProfiles } from '../profile/write.ts'
import type { Deps } from '../verb.ts'

/** Says under which name, and that this is another one than was used before. */
export const keepProfile = async (profile: Profile, { settings }: Pick<Deps, 'settings'>): Promise<string> => {
  const { path, profileName } = settings
  let before: string | undefined
  await changeProfiles(path, ({ current, profiles }) => {
    before = current
    return { current: profileName, profiles: { ...profiles, [profileName]: profile } }
  })
  const other = before !== undefined && before !== profileName
  return `kept as profile ${profileName}${other ? `, which is used from now on instead of ${before}` : ''}`
}
