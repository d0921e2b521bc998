// The user behind a request, for routes that belong to people and not to API keys.
import { failure, KonfigError } from '@konfig/core'
import type { Caller } from '../caller.ts'

export type UserCaller = Extract<Caller, { readonly type: 'user' }>

/** Throws `unauthenticated` for nobody, `denied` for a key: keys have no password and no sessions. */
export const userOf = (caller: Caller): UserCaller => {
  if (caller.type === 'anonymous') throw new KonfigError(failure('unauthenticated'))
  if (caller.type === 'key') throw new KonfigError(failure('denied', { permission: 'a session of a user', where: '' }))
  return caller
}
