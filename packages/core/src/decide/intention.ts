// What a writer wants, before it is judged. Owns the shape only.
import type { Identity, Labels } from '../log/commit.ts'
import type { State } from '../state/state.ts'
import type { Side } from '../kinds/kind.ts'
import type { JsonObject } from '../values/json-value.ts'

/** What the writer believes is there: nothing, anything, or one of these versions (of this id, if given). */
export type Expectation = 'absent' | 'present' | readonly { readonly id?: string; readonly version: number }[]

export type Intention = Identity & { readonly expect?: Expectation | undefined } & (
    | { readonly op: 'put'; readonly body: JsonObject; readonly labels?: Labels | undefined }
    | { readonly op: 'delete'; readonly labels?: Labels | undefined }
  )

/** Everything that a decision depends on. Time and identifiers come in from outside. */
export interface Deciding {
  readonly side: Side
  readonly state: State
  /** The platform's state; `state` itself on the platform's side. */
  readonly platform: State
  readonly newId: () => string
  /** The whole log is expected at this revision. */
  readonly ifRevision?: number | undefined
  /** Every write of one resource needs an expectation (a tenant's setting), as writes in protected environments always do. */
  readonly requireExpectation?: boolean | undefined
}
