// The first administrator of an installation: an owner of the platform's side, made by the first start and by nothing else.
import { failure, KonfigError, ok } from '@konfig/core'
import type { App } from '../app.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { normalEmail } from './email.ts'
import { createUser, findUser, type NewUser, readUser, replacePassword } from './user.ts'

/** One who is there is taken as they are: of a start that was cut off, or of another node that is at it now. */
const userFor = async (app: App, user: NewUser): Promise<{ readonly id: string; readonly made: boolean }> => {
  for (;;) {
    const found = await findUser(app, normalEmail(user.email))
    if (found !== undefined) return { id: found.value.id, made: false }
    try {
      return { id: (await createUser(app, user)).id, made: true }
    } catch (reason) {
      if (!(reason instanceof KonfigError && reason.failure.code === 'already_exists')) throw reason
    }
  }
}

const setPassword = async (app: App, userId: string, password: string): Promise<void> => {
  for (;;) {
    const found = await readUser(app, userId)
    if (found === undefined || (await replacePassword(app, found, password))) return
  }
}

/**
 * Answers the user's id. Rejects with `already_exists` where the platform has any member. The commit alone decides whose administrator it is:
 * of several who do this at once, and after one that was cut off, the password of the one that committed is the one that opens.
 */
export const createAdministrator = async (app: App, user: NewUser): Promise<string> => {
  const exists = (): KonfigError =>
    new KonfigError(failure('already_exists', { kind: 'member', name: 'of the platform' }))
  for (const _ of app.platform.state().entries('member')) throw exists()
  const { id, made } = await userFor(app, user)
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
  if (!made) await setPassword(app, id, user.password)
  return id
}
