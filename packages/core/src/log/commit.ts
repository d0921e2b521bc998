// What a log is made of: commits and their changes. Owns their shapes; knows nothing of kinds, storage or sealing.
import type { Json, JsonObject } from '../values/json-value.ts'

/** A dense number from 1 in one log; 0 is the empty log. */
export type Revision = number
/** Milliseconds since 1970 in UTC. */
export type Millis = number
export type LogId = string
/** `user:<uuid>`, `key:<uuid>`, `system`. Names are looked up when read. */
export type ActorId = string

/** The kinds of resources; `kinds/registry.ts` has one definition for each. */
export type KindName =
  | 'brand'
  | 'plan'
  | 'tenant'
  | 'settings'
  | 'environment'
  | 'namespace'
  | 'application'
  | 'config'
  | 'override'
  | 'role'
  | 'member'
  | 'apiKey'

/** What names a resource within one log, for good. */
export interface Identity {
  readonly kind: KindName
  readonly name: string
  /** configs and overrides only */
  readonly namespace?: string | undefined
  /** overrides only: `tenant`, `platform`, `brand:<name>`, `plan:<name>` */
  readonly layer?: string | undefined
  /** overrides only; absent is the layer's base */
  readonly environment?: string | undefined
}

export type Labels = { readonly [label: string]: string }

export interface Put extends Identity {
  readonly op: 'put'
  readonly id: string
  readonly labels?: Labels
  readonly body: JsonObject
  /** Revision of this resource's previous version in this log, 0 if none: history is a linked list through the log. */
  readonly previous: Revision
}

export interface Delete extends Identity {
  readonly op: 'delete'
  readonly id: string
  /** What is said of the tombstone; without it, it keeps the labels of what was deleted. */
  readonly labels?: Labels
  readonly previous: Revision
}

export type Change = Put | Delete

export interface Origin {
  /** What brought it about: `api`, `import`, `rollback`, `revert`, `restore`, `bootstrap`, `sweeper`. */
  readonly type: string
  readonly request?: string
  /** For undo: the revision or point that was gone back to. */
  readonly of?: string
}

export interface Commit {
  readonly id: string
  readonly revision: Revision
  /** max(now, the previous commit's time): never falls within a log. */
  readonly time: Millis
  readonly actor: ActorId
  readonly origin: Origin
  readonly message?: string
  /** The platform log's revision that this was decided against; never falls within a log. In the platform log: its own previous revision. */
  readonly platform: Revision
  readonly changes: readonly Change[]
  /** Hashes of the Idempotency-Key and of method, path and body. */
  readonly idempotency?: { readonly key: string; readonly request: string }
  /** Facts that a log's own machinery records (format, what it continues); no resource. */
  readonly note?: { readonly [name: string]: Json }
}

/** A resource as state holds it. A tombstone (deleted) keeps id and version, so that the same name goes on where it was. */
export interface Resource {
  readonly kind: KindName
  readonly id: string
  readonly name: string
  readonly namespace: string | undefined
  readonly layer: string | undefined
  readonly environment: string | undefined
  readonly labels: Labels | undefined
  readonly version: number
  readonly revision: Revision
  readonly createdAt: Millis
  readonly createdBy: ActorId
  readonly updatedAt: Millis
  readonly updatedBy: ActorId
  readonly deleted: boolean
  readonly body: JsonObject
}

/** The identity of a resource, as manifests and changes name it: without what it does not have. */
export const identityOf = (resource: Identity): Identity => ({
  kind: resource.kind,
  name: resource.name,
  ...(resource.namespace === undefined ? {} : { namespace: resource.namespace }),
  ...(resource.layer === undefined ? {} : { layer: resource.layer }),
  ...(resource.environment === undefined ? {} : { environment: resource.environment }),
})
