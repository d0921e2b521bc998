// `konfig password`: changes one's own password, which ends all other sessions.
import { type Deps, isSet, verb } from '../verb.ts'
import { usage } from '../problem/problem.ts'
import { askNewPassword, askSecret } from './secret.ts'

interface Options {
  readonly fromInput: boolean
}

const fromLines = async ({ terminal }: Deps): Promise<readonly [string, string]> => {
  const [old = '', fresh = '', ...more] = new TextDecoder().decode(await terminal.read()).split(/\r?\n/)
  return old === '' || fresh === '' || more.some((line) => line !== '')
    ? usage('Standard input does not hold two lines.', 'Send the old password, then the new one, each on a line.')
    : [old, fresh]
}

export const password = verb<Options>({
  flags: [
    { name: 'password-stdin', description: 'Read the old and the new password from standard input, a line each' },
  ],
  parse: (given) => ({ fromInput: isSet(given, 'password-stdin') }),
  run: async ({ fromInput }, deps) => {
    const [old, fresh] = fromInput
      ? await fromLines(deps)
      : [await askSecret('Old password: ', false, deps), await askNewPassword('New password: ', false, deps)]
    await deps.client.ask({ method: 'PUT', path: '/auth/password', body: { old, new: fresh } })
    deps.output.say(`${deps.output.notePaint.green('✓')} The password is changed; all other sessions are ended.`)
  },
})
