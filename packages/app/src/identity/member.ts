// Members as people see them: the resource in the log with the user's email and name beside it. The same on either side.
import { type Failure, failure, isRoleName, KonfigError, type Resource, type Side, type State } from '@konfig/core'
import type { App } from '../app.ts'
import { type Context, notFound } from '../context.ts'
import { normalEmail } from './email.ts'
import { rolesOf } from './roles.ts'
import { findUser, readUser } from './user.ts'

export interface MemberView {
  /** The user's id. */
  readonly id: string
  /** Null where the user is gone. */
  readonly email: string | null
  readonly displayName: string | null
  readonly roles: readonly string[]
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

export interface Member {
  readonly view: MemberView
  readonly etag: string
}

export const memberView = async (app: App, resource: Resource): Promise<Member> => {
  const user = (await readUser(app, resource.name))?.value
  return {
    view: {
      id: resource.name,
      email: user?.email ?? null,
      displayName: user?.displayName ?? null,
      roles: rolesOf(resource),
      version: resource.version,
      createdAt: new Date(resource.createdAt).toISOString(),
      updatedAt: new Date(resource.updatedAt).toISOString(),
    },
    etag: `"${resource.id}.${resource.version}"`,
  }
}

const isEmail = (text: string): boolean => text.includes('@')

/** What is no email is nobody's. */
const idOfUser = async (app: App, email: string): Promise<string | undefined> => {
  try {
    return (await findUser(app, normalEmail(email)))?.value.id
  } catch (reason) {
    if (reason instanceof KonfigError && reason.failure.code === 'body_invalid') return undefined
    throw reason
  }
}

/** By the user's email or id, or by the resource's id. Rejects with `resource_not_found`. */
export const findMember = async ({ app, log }: Pick<Context, 'app' | 'log'>, idOrEmail: string): Promise<Resource> => {
  const id = isEmail(idOrEmail) ? ((await idOfUser(app, idOrEmail)) ?? '') : idOrEmail
  const state = log.state()
  const byId = state.byId(id)
  const found = state.get('member', id.toLowerCase()) ?? (byId?.kind === 'member' && !byId.deleted ? byId : undefined)
  if (found === undefined) throw notFound('member', isEmail(idOrEmail) ? 'with this email' : id)
  return found
}

export const unknownRole = (roles: readonly string[], side: Side, state: State): Failure | undefined => {
  for (const [index, name] of roles.entries())
    if (!isRoleName(name) && (side === 'platform' || state.get('role', name) === undefined))
      return failure('target_unknown', { pointer: `/roles/${index}`, kind: 'role', name })
  return undefined
}
