// The refusal that every adapter of both ports makes, in one wording.
import { failure, KonfigError } from '@konfig/core'

/** Nothing was stored or read; the same call may be made again. */
export const unavailable = (cause?: unknown): KonfigError =>
  new KonfigError(failure('unavailable', { what: 'The journal', seconds: 1 }), cause === undefined ? {} : { cause })

export const isUnavailable = (reason: unknown): boolean =>
  reason instanceof KonfigError && reason.failure.code === 'unavailable'
