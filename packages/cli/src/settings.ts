// Which server, as whom, and where: flags win over KONFIG_ variables, those over the profile. Owns the order; asks no server.
import { refuse, usage } from './problem/problem.ts'
import { didYouMean } from './problem/suggest.ts'
import { defaultProfile, type Profile, profilePath } from './profile/profile.ts'
import { readProfiles } from './profile/read.ts'

export interface SettingsFlags {
  readonly profile?: string | undefined
  readonly url?: string | undefined
  readonly environment?: string | undefined
  readonly namespace?: string | undefined
}

export type Credential =
  | { readonly from: 'variable'; readonly variable: string; readonly text: string }
  /** Of a profile: a key, or tokens that may be refreshed. */
  | { readonly from: 'profile'; readonly text: string; readonly refreshable: boolean }

export interface Settings {
  readonly url: string
  /** Where `url` comes from, for messages. */
  readonly urlFrom: '--url' | 'KONFIG_URL' | 'profile' | 'default'
  readonly path: string
  readonly profileName: string
  readonly profile: Profile | undefined
  readonly credential: Credential | undefined
  readonly environment: string | undefined
  readonly namespace: string | undefined
  readonly caFile: string | undefined
  readonly warnings: readonly string[]
}

type Environment = { readonly [name: string]: string | undefined }

export const defaultUrl = 'http://127.0.0.1:8080'

const filled = (value: string | undefined): string | undefined => {
  const text = value?.trim()
  return text === undefined || text === '' ? undefined : text
}

/** The address without a slash at its end; what is typed without a scheme is taken for https, on this machine for http. */
export const urlOf = (given: string): string => {
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(given)
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `${local ? 'http' : 'https'}://${given}`
  const parsed = URL.canParse(text) ? new URL(text) : undefined
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol))
    return usage(
      'The address of the server is not usable.',
      'Write it as https://konfig.example.com or http://127.0.0.1:8080.',
    )
  if (parsed.username !== '' || parsed.password !== '')
    return usage('The address of the server holds a password.', 'Leave it out, and log in with `konfig login`.')
  // What the API's own pages show as its address ends so, and each request names it again.
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}`
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

const openWarning = (url: string, sendsCredential: boolean): readonly string[] => {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && sendsCredential && !loopback.test(hostname)
    ? [`Credentials travel to ${hostname} unencrypted; use https.`]
    : []
}

const unknownProfile = (name: string, known: readonly string[]): never =>
  refuse({
    code: 'profile_unknown',
    outcome: 'not_found',
    detail: `There is no profile ${name}.`,
    next: [didYouMean(name, known), 'Make it with `konfig login --profile NAME`, or see `konfig profile list`.']
      .filter((each) => each !== undefined)
      .join(' '),
  })

const ofProfile = (profile: Profile): Credential | undefined => {
  const text = profile.apiKey ?? profile.accessToken
  return text === undefined
    ? undefined
    : { from: 'profile', text, refreshable: profile.apiKey === undefined && profile.refreshToken !== undefined }
}

/** The first one that is set is the credential. */
export const credentialVariables = ['KONFIG_API_KEY', 'KONFIG_TOKEN'] as const

const ofVariables = (env: Environment): Credential | undefined => {
  for (const variable of credentialVariables) {
    const text = filled(env[variable])
    if (text !== undefined) return { from: 'variable', variable, text }
  }
  return undefined
}

/** `mayBeNew`: a profile that is not there yet is no mistake, and a credential for it is about to be asked for. Credentials of a profile go to that profile's server only. */
export const settingsOf = (flags: SettingsFlags, env: Environment, mayBeNew = false): Settings => {
  const path = profilePath(env)
  const file = readProfiles(path)
  const asked = flags.profile ?? filled(env['KONFIG_PROFILE'])
  const profileName = asked ?? file.current ?? defaultProfile
  const profile = Object.hasOwn(file.profiles, profileName) ? file.profiles[profileName] : undefined
  if (profile === undefined && asked !== undefined && !mayBeNew) unknownProfile(asked, Object.keys(file.profiles))

  // A profile that is named by a flag is itself a flag: it wins over the variables.
  const variables: Environment = flags.profile !== undefined && profile !== undefined ? {} : env
  const variableUrl = filled(variables['KONFIG_URL'])
  const url = urlOf(flags.url ?? variableUrl ?? profile?.url ?? defaultUrl)
  const own = profile !== undefined && new URL(url).origin === new URL(urlOf(profile.url)).origin
  const credential = ofVariables(variables) ?? (own ? ofProfile(profile) : undefined)
  return {
    url,
    urlFrom:
      flags.url !== undefined
        ? '--url'
        : variableUrl !== undefined
          ? 'KONFIG_URL'
          : profile !== undefined
            ? 'profile'
            : 'default',
    path,
    profileName,
    profile,
    credential,
    environment: flags.environment ?? filled(variables['KONFIG_ENVIRONMENT']) ?? profile?.environment,
    namespace: flags.namespace ?? filled(variables['KONFIG_NAMESPACE']) ?? profile?.namespace,
    caFile: filled(variables['KONFIG_CA_FILE']) ?? profile?.caFile,
    warnings: [
      ...(file.warning === undefined ? [] : [file.warning]),
      ...openWarning(url, credential !== undefined || mayBeNew),
    ],
  }
}
