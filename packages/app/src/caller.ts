// Who is asking, as authentication found out: from the credential alone, never from a header or a body.
import type { ActorId, Grant, LogId } from '@konfig/core'

export type Caller =
  | { readonly type: 'anonymous' }
  | {
      readonly type: 'user'
      readonly actor: ActorId
      readonly userId: string
      readonly sessionId: string
      /** The tenant that the token is for; undefined for a user of the platform's side only. */
      readonly tenant: TenantRef | undefined
      /** What the user may do in that tenant, today. */
      readonly grants: readonly Grant[]
      /** What the user may do on the platform's side, today; none for nearly everybody. */
      readonly platformGrants: readonly Grant[]
      /** Set where a platform administrator acts in a tenant. */
      readonly acting: boolean
    }
  | {
      readonly type: 'key'
      readonly actor: ActorId
      readonly keyId: string
      readonly tenant: TenantRef | undefined
      readonly grants: readonly Grant[]
      readonly platformGrants: readonly Grant[]
    }

/** A tenant as the directory knows it. */
export interface TenantRef {
  readonly id: string
  readonly name: string
  readonly config: LogId
  readonly access: LogId
}
