// set billing/timeout 60 layer=plan:premium: a value, where a person who writes it means it: in the layer's own definition, or over it.
import type { Verb } from '../verb.ts'
import { fieldsIn, keyOf, textOfField } from '../verb.ts'
import { valueOf } from '../script.ts'
import { found } from '../stage.ts'

export const set: Verb = {
  writes: ({ who, environment, words: [target, ...more] }, stage) => {
    const { namespace, name } = keyOf(target)
    const { fields, rest } = fieldsIn(more)
    const ownLayer = who === 'platform' ? 'platform' : 'tenant'
    const layer = textOfField(fields['layer']) ?? ownLayer
    const value = valueOf(rest[0] ?? '')
    const definition = found(stage, who, { kind: 'config', namespace, name })
    if (definition !== undefined && environment === undefined && layer === ownLayer)
      return [{ op: 'put', kind: 'config', namespace, name, body: { ...definition.body, value } }]
    return [{ op: 'put', kind: 'override', namespace, name, layer, environment, body: { value } }]
  },
}
