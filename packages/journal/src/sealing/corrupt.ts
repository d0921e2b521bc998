// The refusals of sealing, in one wording. Never hold what was sealed.
import { failure, KonfigError, type LogId, type Revision } from '@konfig/core'

export const corrupt = (log: LogId, revision: Revision, reason: string): KonfigError =>
  new KonfigError(failure('journal_corrupt', { log, revision, reason }))

export const keyWrong = (): KonfigError => new KonfigError(failure('key_wrong'))

export const erased = (): KonfigError => new KonfigError(failure('log_erased'))

export const outcomeUnknown = (what: string): KonfigError => new KonfigError(failure('outcome_unknown', { what }))
