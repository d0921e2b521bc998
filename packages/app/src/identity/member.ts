// Members as people see them: the resource in the log with the user's email and name beside it. The same on either side.
import { type Failure, failure, isRoleName, type Resource, type Side, type State } from '@konfig/core'
import type { App } from '../app.ts'
import { type Context, notFound } from '../context.ts'
import { rolesOf } from './roles.ts'
import { readUser } from './user.ts'

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

/** By the user's id, or by the resource's. Throws `resource_not_found`. */
export const findMember = ({ log }: Pick<Context, 'log'>, id: string): Resource => {
  const state = log.state()
  const byId = state.byId(id)
  const found = state.get('member', id.toLowerCase()) ?? (byId?.kind === 'member' && !byId.deleted ? byId : undefined)
  if (found === undefined) throw notFound('member', id)
  return found
}

export const unknownRole = (roles: readonly string[], side: Side, state: State): Failure | undefined => {
  for (const [index, name] of roles.entries())
    if (!isRoleName(name) && (side === 'platform' || state.get('role', name) === undefined))
      return failure('target_unknown', { pointer: `/roles/${index}`, kind: 'role', name })
  return undefined
}
