// Logout: ends the caller's own session; its tokens are refused from the next request on.
import type { Context } from '../context.ts'
import { endSession } from './session.ts'
import { userOf } from './signed-in.ts'

export const logout = async ({ app, caller }: Context): Promise<void> => {
  const { userId, sessionId } = userOf(caller)
  await endSession(app, userId, sessionId)
}
