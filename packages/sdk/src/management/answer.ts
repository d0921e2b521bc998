// What every operation takes beside its own input, and what it answers with beside its body. Types only.

export interface Options {
  readonly signal?: AbortSignal | undefined
}

export interface WriteOptions extends Options {
  /** The same answer, and nothing stored. */
  readonly dryRun?: boolean | undefined
  /** Why: kept in the history. */
  readonly message?: string | undefined
  /** Entity tag of what is to be changed: refused (`precondition_failed`) where it is another one by now. */
  readonly ifMatch?: string | undefined
  /** `*`: only where there is nothing yet. */
  readonly ifNoneMatch?: string | undefined
  /** Made where it is not given, so that a request that is sent again after a lost connection takes effect once. */
  readonly idempotencyKey?: string | undefined
}

export interface Answer<Body> {
  readonly status: number
  readonly body: Body
  readonly etag: string | undefined
  /** Where the server's state stood; `konfig.reached(point)` waits until a client has it. */
  readonly point: string | undefined
  readonly log: string | undefined
  readonly location: string | undefined
}
