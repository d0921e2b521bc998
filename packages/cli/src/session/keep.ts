// Keeps a profile under the name in the settings, and makes it the one that is used.
import type { Profile } from '../profile/profile.ts'
import { changeProfiles } from '../profile/write.ts'
import type { Deps } from '../verb.ts'

export const keepProfile = async (profile: Profile, { settings }: Pick<Deps, 'settings'>): Promise<void> => {
  const { path, profileName } = settings
  await changeProfiles(path, ({ profiles }) => ({
    current: profileName,
    profiles: { ...profiles, [profileName]: profile },
  }))
}
