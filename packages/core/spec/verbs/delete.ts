// delete config billing/timeout: any kind of resource; of an override, the one in the layer and environment that are named.
import type { Verb } from '../verb.ts'
import type { KindName } from '../../src/log/commit.ts'
import { fieldsIn, keyOf, textOfField } from '../verb.ts'

export const remove: Verb = {
  writes: ({ who, environment, words: [kind = '', target = '', ...more] }) => {
    if (kind === 'config') return [{ op: 'delete', kind, ...keyOf(target) }]
    if (kind !== 'override') return [{ op: 'delete', kind: kind as KindName, name: target }]
    const layer = textOfField(fieldsIn(more).fields['layer']) ?? (who === 'platform' ? 'platform' : 'tenant')
    return [{ op: 'delete', kind, ...keyOf(target), layer, environment }]
  },
}
