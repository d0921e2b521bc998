// Names of actors, looked up when read: commits hold ids alone, so that removing a person removes the name.
import type { ActorId, Side, State } from '@konfig/core'
import { LRUCache } from 'lru-cache'
import type { App } from '../app.ts'
import { readUser } from './user.ts'

export interface NamedActor {
  readonly id: ActorId
  /** Email, name of a key, `platform` for the platform's people, null where nobody is left to name. */
  readonly name: string | null
}

/** What a page of people needs: few reads for many lines by the same actors. */
export type NameActor = (actor: ActorId) => Promise<NamedActor>

const nameOfUser = async (app: App, userId: string): Promise<string | null> =>
  (await readUser(app, userId))?.value.email ?? null

/**
 * Tenants learn the emails of those who are or were their members and no others; the platform's people they see as `platform`.
 * Each actor is read once for each `NameActor`.
 */
export const actorNames = (app: App, side: Side, state: State): NameActor => {
  const known = new LRUCache<ActorId, Promise<string | null>>({ max: 1000 })
  const find = async (actor: ActorId): Promise<string | null> => {
    const [type, id = ''] = actor.split(':')
    if (type === 'system') return 'system'
    if (type === 'key')
      return (
        state.byId(id)?.name ?? (side === 'tenant' && app.platform.state().byId(id) !== undefined ? 'platform' : null)
      )
    if (type !== 'user') return null
    if (side === 'platform' || state.record('member', id) !== undefined) return nameOfUser(app, id)
    return app.platform.state().record('member', id) === undefined ? null : 'platform'
  }
  return async (actor) => {
    let name = known.get(actor)
    if (name === undefined) {
      name = find(actor)
      known.set(actor, name)
    }
    return { id: actor, name: await name }
  }
}
