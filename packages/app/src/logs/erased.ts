// Tells a log that was erased from everything else that can go wrong with one. Owns nothing but that.
import { KonfigError } from '@konfig/core'

export const isErased = (reason: unknown): boolean =>
  reason instanceof KonfigError && reason.failure.code === 'log_erased'
