// explain billing/timeout: for each leaf what won, and all that it shadowed and why, strongest first.
import type { Verb } from '../verb.ts'
import { explain as explanationOf } from '../../src/resolve/explain.ts'
import { traceKey } from '../../src/resolve/resolve.ts'
import { keyOf } from '../verb.ts'
import { worldFor } from '../stage.ts'
import { leafLines } from '../words.ts'

export const explain: Verb = {
  reads: ({ who, environment, words: [target] }, stage) => {
    const { namespace, name } = keyOf(target)
    const traced = traceKey(worldFor(stage, who, environment), namespace, name)
    if (traced === undefined) return ['not defined']
    const { leaves } = explanationOf(traced, { side: who === 'platform' ? 'platform' : 'tenant' })
    return leaves.length === 0 ? ['no value'] : leaves.flatMap(leafLines)
  },
}
