// Invitations and reset links: one-time, kept under a keyed hash of their text, which is shown once. Owns their record and its life.
import { type ActorId, failure, KonfigError, type Millis, type Revision, type Side } from '@konfig/core'
import type { SealedRecord } from '@konfig/journal'
import type { App } from '../app.ts'

export type Invitation =
  | {
      readonly type: 'member'
      readonly side: Side
      /** The tenant's name; undefined on the platform's side. */
      readonly tenant: string | undefined
      readonly email: string
      readonly roles: readonly string[]
      readonly invitedBy: ActorId
      /** The log's when it was made: whoever was removed after that needs another one. Absent in those made before this was kept. */
      readonly since?: Revision
    }
  | {
      readonly type: 'reset'
      readonly userId: string
      /** Void once the user has another password. */
      readonly epoch: number
    }

export interface Issued {
  readonly text: string
  readonly expiresAt: Millis
}

const collection = 'invitations'
const shape = /^kfi_[\w-]{43}$/

const idOf = (app: App, text: string): string => app.keyedHash(`invitation ${text}`)

export const issueInvitation = async (app: App, invitation: Invitation, lasting: Millis): Promise<Issued> => {
  const text = `kfi_${Buffer.from(app.ports.randomBytes(32)).toString('base64url')}`
  const expiresAt = app.ports.now() + lasting
  const id = idOf(app, text)
  const version = await app.records.put(collection, id, undefined, invitation, expiresAt)
  // Whoever erases a tenant closes its name first and takes its invitations then: one of the two sees the other.
  const name = invitation.type === 'member' ? invitation.tenant : undefined
  if (name !== undefined && (await app.directory.entry(name))?.value.standing === 'closed') {
    if (version !== undefined) await app.records.delete(collection, id, version)
    throw new KonfigError(failure('resource_not_found', { kind: 'tenant', name }))
  }
  return { text, expiresAt }
}

export const readInvitation = async (app: App, text: string): Promise<SealedRecord<Invitation> | undefined> =>
  shape.test(text) ? app.records.get<Invitation>(collection, idOf(app, text)) : undefined

/** True for exactly one of many who use it at once. */
export const spendInvitation = (app: App, found: SealedRecord<Invitation>): Promise<boolean> =>
  app.records.delete(collection, found.id, found.version)

const claims = 'invitation-claims'
const claimMillis = 24 * 3_600_000

/**
 * Takes an Idempotency-Key for an invitation, whose text can be shown only once: the same request again is told `already_created`, another one
 * `idempotency_mismatch`. Answers how to give the key back where nothing came of it.
 */
export const claimKey = async (
  app: App,
  actor: ActorId,
  { key, request }: { readonly key: string; readonly request: string },
  id: string,
): Promise<() => Promise<void>> => {
  const claim = app.keyedHash(`claim ${actor} ${key}`)
  const version = await app.records.put(claims, claim, undefined, { request, id }, app.ports.now() + claimMillis)
  if (version !== undefined)
    return async () => {
      await app.records.delete(claims, claim, version)
    }
  const before = await app.records.get<{ readonly request: string; readonly id: string }>(claims, claim)
  if (before !== undefined && before.value.request !== request) throw new KonfigError(failure('idempotency_mismatch'))
  throw new KonfigError(failure('already_created', { kind: 'invitation', id: before?.value.id ?? '' }))
}
