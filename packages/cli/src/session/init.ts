// `konfig init`: from nothing to a tenant with a namespace, a key for programs and a profile, step by step; each step says what it did.
import { slugRule } from '@konfig/core'
import { environmentFlag, namespaceFlag } from '../flags.ts'
import type { Client } from '../http/client.ts'
import { plain } from '../output/plain.ts'
import { isCommandError, usage } from '../problem/problem.ts'
import { didYouMean } from '../problem/suggest.ts'
import { type Deps, isSet, textOf, verb } from '../verb.ts'
import { pathOf } from '../http/client.ts'
import { keepProfile } from './keep.ts'
import { clientWith, placeOf } from './login.ts'
import { type Tokens, withTokens } from './renew.ts'
import { askNewPassword } from './secret.ts'

interface Options {
  readonly tenant: string | undefined
  readonly email: string | undefined
  readonly fromInput: boolean
  readonly keyName: string
}

const answerTo = async (
  given: string | undefined,
  question: string,
  otherwise: string | undefined,
  flag: string,
  { terminal }: Deps,
): Promise<string> => {
  if (given !== undefined) return given
  if (!terminal.inIsTerminal) return otherwise ?? usage(`${question} is not given.`, `Add ${flag}.`)
  const typed = (await terminal.ask(`${question}${otherwise === undefined ? '' : ` [${otherwise}]`}: `))?.trim()
  return typed === undefined || typed === '' ? (otherwise ?? usage(`${question} is needed.`, `Add ${flag}.`)) : typed
}

/** What the tenant begins with is known only once it is there: a name that is none of them is asked again, or another one taken and told. */
const chooseEnvironment = async (asked: string | undefined, client: Client, deps: Deps): Promise<string> => {
  const { terminal, output } = deps
  const { body } = await client.ask({ path: '/environments', query: { limit: 1000 } })
  const names = (body as { readonly items: readonly { readonly name: string }[] }).items.map(({ name }) => name)
  const first = names.includes('dev') ? 'dev' : (names[0] ?? usage('The tenant has no environment.'))
  const question = `Environment (${names.join(', ')})`
  for (let given = asked; ; given = undefined) {
    const chosen = await answerTo(given, question, first, '--environment', deps)
    if (names.includes(chosen)) return chosen
    const hint = didYouMean(chosen, names) ?? `There are ${names.join(', ')}.`
    const told = `${output.notePaint.yellow('warning:')} There is no environment ${plain(chosen)}. ${hint}`
    terminal.note(terminal.inIsTerminal ? told : `${told} Taken: ${first}.`)
    if (!terminal.inIsTerminal) return first
  }
}

/** What would be refused once the tenant is there is refused before it is. */
const checkName = (name: string | undefined, flag: string): void => {
  const rule = name === undefined ? undefined : slugRule(name)
  if (rule !== undefined) usage(`${flag} is not a name: ${rule}.`, 'Nothing was done.')
}

const ensureNamespace = async (name: string, client: Client): Promise<void> => {
  try {
    await client.ask({ path: pathOf`/namespaces/${name}` })
  } catch (reason) {
    if (!isCommandError(reason) || reason.problem.outcome !== 'not_found') throw reason
    await client.ask({ method: 'POST', path: '/namespaces', body: { name }, query: { message: 'First namespace' } })
  }
}

export const init = verb<Options>({
  description:
    "Makes a tenant (where registration is open), chooses an environment, makes a namespace and a reader's key, and keeps a profile.",
  makesProfile: true,
  flags: [
    { name: 'tenant', short: 't', value: 'NAME', description: 'Name of the new tenant' },
    { name: 'email', value: 'EMAIL', description: 'Its first owner; who is known already gives their password' },
    { name: 'password-stdin', description: 'Read the password from standard input' },
    { name: 'key-name', value: 'NAME', description: 'Name of the first API key (first)' },
    environmentFlag,
    namespaceFlag,
  ],
  examples: [
    'init',
    'init --tenant acme --email ann@example.com --password-stdin --environment dev --namespace billing < password.txt',
  ],
  parse: (given) => ({
    tenant: textOf(given, 'tenant'),
    email: textOf(given, 'email'),
    fromInput: isSet(given, 'password-stdin'),
    keyName: textOf(given, 'key-name') ?? 'first',
  }),
  run: async ({ tenant, email, fromInput, keyName }, deps) => {
    const { client, settings, output, now } = deps
    checkName(settings.namespace, '--namespace')
    checkName(keyName, '--key-name')
    const name = await answerTo(tenant, 'Name of the tenant', undefined, '--tenant', deps)
    const owner = await answerTo(email, 'Your email', undefined, '--email', deps)
    const password = await askNewPassword('Password: ', fromInput, deps)
    const registered = await client.ask({
      method: 'POST',
      path: '/auth/register',
      body: { tenant: name, email: owner, password },
      anonymous: true,
    })
    const tokens = registered.body as Tokens
    const place = { ...placeOf({ ...settings, environment: undefined, namespace: undefined }), email: owner }
    const session = withTokens(place, tokens, now())
    // Kept at once: whatever fails from here on, the tenant is there and can be reached.
    await keepProfile(session, deps)
    const done = (text: string): void => output.say(`${output.notePaint.green('✓')} ${text}`)
    done(`Tenant ${name}, owned by ${owner}; profile ${settings.profileName}`)

    const own = clientWith(tokens.accessToken, deps)
    const environment = await chooseEnvironment(settings.environment, own, deps)
    const namespace = await answerTo(settings.namespace, 'First namespace', 'app', '--namespace', deps)
    await ensureNamespace(namespace, own)
    await keepProfile({ ...session, environment, namespace }, deps)
    done(`Namespace ${namespace}; environment ${environment}`)

    const made = await own.ask({
      method: 'POST',
      path: '/api-keys',
      body: { name: keyName, role: 'reader', environments: [environment] },
    })
    const { key } = made.body as { readonly key: string }
    done(`API key ${keyName}: reads the values of ${environment}. It is shown this once:`)
    await output.show({ tenant: name, environment, namespace, profile: settings.profileName, key }, () => key)
    output.say(
      [
        'Next:',
        `  konfig set ${namespace}/greeting hello --type string --base`,
        `  konfig get ${namespace}/greeting`,
        `  KONFIG_URL=${settings.url} KONFIG_API_KEY=… konfig watch`,
      ].join('\n'),
    )
  },
})
