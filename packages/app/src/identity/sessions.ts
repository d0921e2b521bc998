// A user's own sessions, seen and ended by nobody else.
import { isUuid } from '@konfig/core'
import { type Context, notFound } from '../context.ts'
import { endSession, sessionsOf } from './session.ts'
import { userOf } from './signed-in.ts'

export interface SessionView {
  readonly id: string
  readonly tenant: string | null
  readonly createdAt: string
  readonly usedAt: string
  readonly current: boolean
}

/** Newest first. */
export const listSessions = async ({ app, caller }: Context): Promise<readonly SessionView[]> => {
  const { userId, sessionId } = userOf(caller)
  const found = await sessionsOf(app, userId)
  return [...found]
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .map(({ id, tenant, createdAt, usedAt }) => ({
      id,
      tenant: tenant ?? null,
      createdAt: new Date(createdAt).toISOString(),
      usedAt: new Date(usedAt).toISOString(),
      current: id === sessionId,
    }))
}

export const removeSession = async ({ app, caller }: Context, id: string): Promise<void> => {
  const { userId } = userOf(caller)
  if (!isUuid(id) || !(await endSession(app, userId, id.toLowerCase()))) throw notFound('session', id)
}
