// get billing/timeout: the value and the layers that it came from; without one, what is kept but inert.
import type { Verb } from '../verb.ts'
import { explain } from '../../src/resolve/explain.ts'
import { resolveKey, traceKey } from '../../src/resolve/resolve.ts'
import { keyOf } from '../verb.ts'
import { worldFor } from '../stage.ts'
import { inertLine, slotName } from '../words.ts'

export const get: Verb = {
  reads: ({ who, environment, words: [target] }, stage) => {
    const { namespace, name } = keyOf(target)
    const world = worldFor(stage, who, environment)
    const traced = traceKey(world, namespace, name)
    if (traced === undefined) return ['not defined']
    const value = resolveKey(world, namespace, name)?.value
    if (value === undefined)
      return ['no value', ...traced.contributions.toReversed().map((found) => `    ${inertLine(found)}`)]
    const winners = explain(traced, { side: 'platform' }).leaves.flatMap(({ winner }) =>
      winner === undefined ? [] : [slotName(winner)],
    )
    const order = traced.contributions.toReversed().map(slotName)
    return [`${JSON.stringify(value)}  from ${order.filter((slot) => winners.includes(slot)).join(', ')}`]
  },
}
