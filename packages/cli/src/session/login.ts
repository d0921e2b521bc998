// `konfig login`: an API key, a token, or email and password, kept in a profile. Nothing secret is ever taken from the command line.
import { environmentFlag, namespaceFlag } from '../flags.ts'
import type { Client } from '../http/client.ts'
import { CommandError, isCommandError, usage } from '../problem/problem.ts'
import type { Profile } from '../profile/profile.ts'
import { openClient } from '../http/client.ts'
import type { Settings } from '../settings.ts'
import { type Deps, isSet, textOf, verb } from '../verb.ts'
import { type Me, whoText } from './me.ts'
import { askSecret } from './secret.ts'
import { type Tokens, withTokens } from './renew.ts'
import { keepProfile } from './keep.ts'

interface Options {
  readonly way: 'key' | 'token' | 'password'
  readonly email: string | undefined
  readonly tenant: string | undefined
  readonly fromInput: boolean
}

/** What a profile says besides its credentials. */
export const placeOf = ({ url, environment, namespace, caFile }: Settings): Profile => ({
  url,
  ...(environment === undefined ? {} : { environment }),
  ...(namespace === undefined ? {} : { namespace }),
  ...(caFile === undefined ? {} : { caFile }),
})

/** A client of the same server with this credential and no other. */
export const clientWith = (text: string, { settings }: Pick<Deps, 'settings'>): Client =>
  openClient({
    url: settings.url,
    urlFrom: settings.urlFrom,
    caFile: settings.caFile,
    timeoutMillis: 30_000,
    credential: () => ({ from: 'profile', text, refreshable: false }),
  })

const refused = (reason: unknown): unknown =>
  isCommandError(reason) && reason.problem.outcome === 'unauthenticated'
    ? new CommandError({
        ...reason.problem,
        detail: 'The server does not know this key or token.',
        next: 'Check that it is whole, that it was not revoked, and that it is of this server.',
      })
    : reason

const withSecret = async (
  way: 'key' | 'token',
  fromInput: boolean,
  deps: Deps,
): Promise<{ readonly profile: Profile; readonly me: Me }> => {
  const text = await askSecret(way === 'key' ? 'API key: ' : 'Access token: ', fromInput, deps)
  try {
    const { body } = await clientWith(text, deps).ask({ path: '/auth/me' })
    const me = body as Me
    const place = placeOf(deps.settings)
    const kept = way === 'key' ? { apiKey: text } : { accessToken: text }
    return { me, profile: { ...place, ...kept, ...(me.tenant === null ? {} : { tenant: me.tenant }) } }
  } catch (reason) {
    throw refused(reason)
  }
}

const withPassword = async (
  { email, tenant, fromInput }: Options,
  deps: Deps,
): Promise<{ readonly profile: Profile; readonly me: Me }> => {
  const { terminal, client, settings, now } = deps
  const asked = email ?? (fromInput || !terminal.inIsTerminal ? undefined : (await terminal.ask('Email: '))?.trim())
  if (asked === undefined || asked === '')
    return usage('No email is given.', 'Add --email, or log in with a key: `konfig login --api-key`.')
  const password = await askSecret('Password: ', fromInput, deps)
  const { body } = await client.ask({
    method: 'POST',
    path: '/auth/login',
    body: { email: asked, password, ...(tenant === undefined ? {} : { tenant }) },
    anonymous: true,
  })
  const tokens = body as Tokens
  const profile = withTokens({ ...placeOf(settings), email: asked }, tokens, now())
  const me = await clientWith(tokens.accessToken, deps).ask({ path: '/auth/me' })
  return { profile, me: me.body as Me }
}

export const login = verb<Options>({
  description:
    'With email and password a session is kept, which is renewed by itself; with --api-key or --token that credential. A password, key or token is asked for without showing it, or read from standard input.',
  makesProfile: true,
  flags: [
    { name: 'email', value: 'EMAIL', description: 'Log in as this person' },
    { name: 'tenant', short: 't', value: 'NAME', description: 'In this tenant; `platform` is the platform itself' },
    { name: 'api-key', description: 'Log in with an API key' },
    { name: 'token', description: 'Log in with an access token' },
    { name: 'password-stdin', description: 'Read the password, key or token from standard input' },
    environmentFlag,
    namespaceFlag,
  ],
  examples: [
    'login --url https://konfig.example.com --email ann@example.com --tenant acme',
    'login --api-key --password-stdin < key.txt',
  ],
  parse: (given) => {
    const [key, token] = [isSet(given, 'api-key'), isSet(given, 'token')]
    const email = textOf(given, 'email')
    const tenant = textOf(given, 'tenant')
    if (Number(key) + Number(token) + Number(email !== undefined) > 1)
      usage('--email, --api-key and --token exclude each other.')
    if ((key || token) && tenant !== undefined) usage('A key or token is of one tenant already.', 'Leave --tenant out.')
    return { way: key ? 'key' : token ? 'token' : 'password', email, tenant, fromInput: isSet(given, 'password-stdin') }
  },
  run: async (options, deps) => {
    const { way } = options
    // Read before anything is typed: it warns where the secret would travel unencrypted.
    const { settings, output } = deps
    const { profile, me } =
      way === 'password' ? await withPassword(options, deps) : await withSecret(way, options.fromInput, deps)
    const kept = await keepProfile(profile, deps)
    const shown = { profile: settings.profileName, url: settings.url, ...me }
    if (output.format !== 'table') await output.show(shown, () => '')
    output.say(`${output.notePaint.green('✓')} Logged in to ${settings.url} as ${whoText(me)}; ${kept}.`)
  },
})
