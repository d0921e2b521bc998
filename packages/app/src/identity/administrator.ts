// The first administrator of an installation: an owner of the platform's side, made by the first start and by nothing else.
import { failure, KonfigError, ok } from '@konfig/core'
import type { App } from '../app.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { createUser, type NewUser } from './user.ts'

/** Answers the user's id. Rejects with `already_exists` where the platform has any member. */
export const createAdministrator = async (app: App, user: NewUser): Promise<string> => {
  const exists = (): KonfigError =>
    new KonfigError(failure('already_exists', { kind: 'member', name: 'of the platform' }))
  for (const _ of app.platform.state().entries('member')) throw exists()
  const { id } = await createUser(app, user)
  const context: Context = {
    app,
    caller: { type: 'anonymous' },
    side: 'platform',
    log: app.platform,
    tenant: undefined,
    request: { id: 'first-start', address: '' },
    write: { dryRun: false },
  }
  await commit(
    context,
    ({ state }) => {
      for (const _ of state.entries('member')) return { ok: false, failure: exists().failure }
      return ok({ intentions: [{ op: 'put', kind: 'member', name: id, body: { roles: ['owner'] } }] })
    },
    { trusted: 'the first start', origin: 'bootstrap' },
  )
  return id
}
