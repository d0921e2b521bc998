// Making an API key. The verifier is recorded first and the key committed second; the key itself is shown once and kept nowhere.
import { failure, KonfigError, ok } from '@konfig/core'
import { accessLogOf } from '../audit/log.ts'
import { noteSoon } from '../audit/note.ts'
import { commit } from '../commit.ts'
import { actorOf, check, type Context } from '../context.ts'
import { makeKey } from './key-text.ts'
import { roomFor } from './limit.ts'
import { memoryOf } from './memory.ts'
import { confirmVerifier, dropVerifier, writeVerifier } from './verifier.ts'

export interface NewApiKey {
  readonly name: string
  readonly role: string
  readonly namespaces: readonly string[]
  readonly environments: readonly string[]
  /** RFC 3339. */
  readonly expiresAt?: string | undefined
}

export interface CreatedApiKey {
  readonly id: string
  /** Absent for a dry run: no such key would work. */
  readonly key?: string
}

const expiryOf = (text: string | undefined, now: number): number | undefined => {
  if (text === undefined) return undefined
  const time = Date.parse(text)
  if (!Number.isFinite(time) || time <= now)
    throw new KonfigError(
      failure('body_invalid', { pointer: '/expiresAt', rule: 'must be a time to come, as RFC 3339 writes it' }),
    )
  return time
}

/**
 * Rejects with `denied`, `grant_exceeds` (a key cannot exceed its maker), `already_exists`, `target_unknown`, `limit_reached`,
 * `already_created` for a repeat. `trusted` is for the machinery alone, as in `commit`.
 */
export const createApiKey = async (context: Context, input: NewApiKey, trusted?: string): Promise<CreatedApiKey> => {
  if (trusted === undefined) check(context, 'key:write')
  const { app, write, side, tenant, request } = context
  const { name, role, namespaces, environments } = input
  const expiresAt = expiryOf(input.expiresAt, app.ports.now())
  const { keyId, raw } = makeKey(app.ports)
  const hash = write.dryRun ? '' : await memoryOf(app).hasher.hash(raw, app.options.apiKeyCost)
  if (
    !write.dryRun &&
    !(await writeVerifier(app, keyId, { tenant: side === 'tenant' ? tenant?.name : undefined, name, hash }))
  )
    throw new KonfigError(failure('overloaded', { seconds: 1 }))
  const body = { role, namespaces, environments, keyId, hash, ...(expiresAt === undefined ? {} : { expiresAt }) }
  try {
    const committed = await commit(
      context,
      ({ state, platform }) => {
        if (state.get('apiKey', name) !== undefined)
          return { ok: false, failure: failure('already_exists', { kind: 'API key', name }) }
        const room = roomFor(context, 'keys', state, platform)
        return room.ok ? ok({ intentions: [{ op: 'put', kind: 'apiKey', name, body }] }) : room
      },
      trusted === undefined ? {} : { trusted },
    )
    const id = committed.changes.find(({ kind }) => kind === 'apiKey')?.id ?? ''
    if (committed.repeated) throw new KonfigError(failure('already_created', { kind: 'API key', id }))
    if (write.dryRun) return { id }
    await confirmVerifier(app, keyId)
    noteSoon(app, accessLogOf(context), {
      type: 'rights_granted',
      actor: actorOf(context),
      resource: `apiKey/${name}`,
      request: request.id,
      data: { roles: [role], namespaces, environments },
    })
    return { id, key: raw }
  } catch (reason) {
    // What was refused leaves no verifier; where it is not known what was stored, the hour decides.
    if (!write.dryRun && reason instanceof KonfigError && reason.failure.category !== 'unavailable')
      await dropVerifier(app, keyId).catch(app.onError)
    throw reason
  }
}
