// `konfig act`: a platform administrator's fifteen minutes inside a tenant, as a profile of its own. It is recorded on both sides.
import { pathOf } from '../http/client.ts'
import { changeProfiles } from '../profile/write.ts'
import { verb } from '../verb.ts'
import { placeOf } from './login.ts'
import { type Tokens, withTokens } from './renew.ts'

interface Options {
  readonly tenant: string
}

export const act = verb<Options>({
  description: "Fifteen minutes with the rights of an admin there. The tenant's audit shows who acted.",
  arguments: [{ name: 'TENANT', description: 'The tenant to act in' }],
  examples: ['act acme', 'namespace list --profile act-acme'],
  parse: ({ arguments: [tenant = ''] }) => ({ tenant }),
  run: async ({ tenant }, { client, settings, output, now }) => {
    const { body } = await client.ask({ method: 'POST', path: pathOf`/auth/token`, body: { tenant } })
    const name = `act-${tenant}`
    await changeProfiles(settings.path, (file) => ({
      ...file,
      profiles: { ...file.profiles, [name]: withTokens(placeOf(settings), body as Tokens, now()) },
    }))
    output.say(
      `${output.notePaint.green('✓')} For fifteen minutes: add --profile ${name}. ${tenant} sees it in its audit.`,
    )
  },
})
