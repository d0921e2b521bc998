// `konfig accept`: takes an invitation, or uses a link that resets a password, and logs in.
import { type Deps, isSet, verb } from '../verb.ts'
import { usage } from '../problem/problem.ts'
import { keepProfile } from './keep.ts'
import { placeOf } from './login.ts'
import { type Tokens, withTokens } from './renew.ts'
import { askNewPassword, askSecret } from './secret.ts'

interface Options {
  readonly fromInput: boolean
}

const asked = async ({ fromInput }: Options, deps: Deps): Promise<readonly [string, string]> => {
  if (!fromInput) return [await askSecret('Invitation: ', false, deps), await askNewPassword('Password: ', false, deps)]
  const [invitation = '', password = ''] = new TextDecoder().decode(await deps.terminal.read()).split(/\r?\n/)
  return invitation === ''
    ? usage('Standard input is empty.', 'Send the invitation, then the password, each on a line.')
    : [invitation, password]
}

export const accept = verb<Options>({
  description: 'Whoever is new chooses a password; whoever has one already gives that.',
  makesProfile: true,
  flags: [
    { name: 'password-stdin', description: 'Read the invitation and the password from standard input, a line each' },
  ],
  parse: (given) => ({ fromInput: isSet(given, 'password-stdin') }),
  run: async (options, deps) => {
    const { client, settings, output, now } = deps
    const [invitation, password] = await asked(options, deps)
    const { body } = await client.ask({
      method: 'POST',
      path: '/auth/accept',
      body: { invitation, ...(password === '' ? {} : { password }) },
      anonymous: true,
    })
    const tokens = body as Tokens
    const kept = await keepProfile(withTokens(placeOf(settings), tokens, now()), deps)
    output.say(
      `${output.notePaint.green('✓')} Accepted${tokens.tenant === null ? '' : `: you are a member of ${tokens.tenant}`}; ${kept}.`,
    )
  },
})
