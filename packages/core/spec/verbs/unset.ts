// unset billing/timeout: takes one value away, the one that `set` with the same words would write.
import type { Verb } from '../verb.ts'
import { fieldsIn, keyOf, textOfField } from '../verb.ts'
import { found } from '../stage.ts'

export const unset: Verb = {
  writes: ({ who, environment, words: [target, ...more] }, stage) => {
    const { namespace, name } = keyOf(target)
    const ownLayer = who === 'platform' ? 'platform' : 'tenant'
    const layer = textOfField(fieldsIn(more).fields['layer']) ?? ownLayer
    const definition = found(stage, who, { kind: 'config', namespace, name })
    if (definition === undefined || environment !== undefined || layer !== ownLayer)
      return [{ op: 'delete', kind: 'override', namespace, name, layer, environment }]
    const { value: _value, ...body } = definition.body
    return [{ op: 'put', kind: 'config', namespace, name, body }]
  },
}
