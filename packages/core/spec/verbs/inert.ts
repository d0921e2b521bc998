// inert billing/timeout: what is kept for a key and skipped, weakest first, with the rule that forbids it.
import type { Verb } from '../verb.ts'
import { inertIn } from '../../src/resolve/resolve.ts'
import { keyOf } from '../verb.ts'
import { worldFor } from '../stage.ts'
import { inertLine } from '../words.ts'

export const inert: Verb = {
  reads: ({ who, environment, words: [target] }, stage) => {
    const { namespace, name } = keyOf(target)
    const found = inertIn(worldFor(stage, who, environment), namespace, name)
    return found.length === 0 ? ['none'] : found.map(inertLine)
  },
}
