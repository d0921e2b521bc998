// One request's surroundings: who asks, of which log, and how a write is to be carried out.
import {
  allows,
  denied,
  type Expectation,
  failure,
  KonfigError,
  type Grant,
  type Permission,
  type Place,
  type State,
} from '@konfig/core'
import type { App } from './app.ts'
import type { Caller, TenantRef } from './caller.ts'
import type { HeldLog } from './logs/held-log.ts'

export interface WriteOptions {
  /** Decide and answer, store nothing. */
  readonly dryRun: boolean
  readonly message?: string | undefined
  /** From If-Match and If-None-Match, for routes that write one resource. */
  readonly expect?: Expectation | undefined
  /** Hashes of the Idempotency-Key, and of method, path and body. */
  readonly idempotency?: { readonly key: string; readonly request: string } | undefined
}

export interface Context {
  readonly app: App
  readonly caller: Caller
  /** `tenant`: the caller's tenant's log; `platform`: the platform's. Public routes have the platform's. */
  readonly side: 'tenant' | 'platform'
  readonly log: HeldLog
  readonly tenant: TenantRef | undefined
  readonly request: { readonly id: string; readonly address: string }
  readonly write: WriteOptions
}

/** What the caller may do on this side, today. */
export const grantsOf = (context: Pick<Context, 'caller' | 'side'>): readonly Grant[] => {
  const { caller, side } = context
  if (caller.type === 'anonymous') return []
  return side === 'tenant' ? caller.grants : caller.platformGrants
}

export const may = (context: Pick<Context, 'caller' | 'side'>, permission: Permission, place: Place = {}): boolean =>
  allows(grantsOf(context), { permission, place })

declare const granted: unique symbol
/** Proof that a check was made: it cannot be had by forgetting to wait. */
export interface Granted {
  readonly [granted]: true
}

/** Throws `denied` unless the caller holds the permission there. */
export const check = (
  context: Pick<Context, 'caller' | 'side'>,
  permission: Permission,
  place: Place = {},
): Granted => {
  const requirement = { permission, place }
  if (!allows(grantsOf(context), requirement)) throw new KonfigError(denied(requirement))
  return {} as Granted
}

export const actorOf = ({ caller }: Pick<Context, 'caller'>): string =>
  caller.type === 'anonymous' ? 'system' : caller.actor

/** The newest state of the context's log and of the platform's. */
export const statesOf = (
  context: Pick<Context, 'app' | 'log' | 'side'>,
): { readonly state: State; readonly platform: State; readonly tenant: State | undefined } => {
  const state = context.log.state()
  return { state, platform: context.app.platform.state(), tenant: context.side === 'tenant' ? state : undefined }
}

export const notFound = (kind: string, name: string): KonfigError =>
  new KonfigError(failure('resource_not_found', { kind, name: name.slice(0, 255) }))
