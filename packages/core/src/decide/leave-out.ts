// Leaves out of a list of intentions what is refused, until nothing is: for undo and import, which may do without.
// Owns the repetition only; what is refused, decide says.
import { type Failure, ok, type Result } from '../errors/failure.ts'
import { consider } from './decide.ts'
import type { Deciding, Intention } from './intention.ts'

export interface LeftOut {
  /** In their order; deciding these refuses nothing. */
  readonly kept: readonly Intention[]
  readonly refused: readonly { readonly intention: Intention; readonly reason: Failure }[]
}

/** What the caller has to state, rather than what stands in the way: leaving out cannot cure it. */
const concernsCaller = (reason: Failure): boolean =>
  reason.category === 'precondition_required' || reason.category === 'precondition_failed'

/**
 * Leaving one out may stand in the way of another (a config of a namespace that is not made), so it is decided again until nothing is refused.
 * Refuses `precondition_required`, `precondition_failed`, `revision_moved` and `too_large` as a whole.
 */
export const leaveOut = (deciding: Deciding, intentions: readonly Intention[]): Result<LeftOut> => {
  const refused: { readonly intention: Intention; readonly reason: Failure }[] = []
  let kept = intentions
  for (;;) {
    const considered = consider(deciding, kept)
    if (!considered.ok) return considered
    const { found } = considered.value
    if (found.length === 0) return ok({ kept, refused })
    const stated = found.find((one) => concernsCaller(one.failure))
    if (stated !== undefined) return { ok: false, failure: stated.failure }
    const reasons = new Map(found.map((one) => [one.index, one.failure]))
    const staying: Intention[] = []
    for (const [index, intention] of kept.entries()) {
      const reason = reasons.get(index)
      if (reason === undefined) staying.push(intention)
      else refused.push({ intention, reason })
    }
    kept = staying
  }
}
