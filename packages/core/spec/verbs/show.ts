// show config billing/timeout: a resource as it is stored, with its id and version; a tombstone too.
import type { Verb } from '../verb.ts'
import { spaceOf } from '../../src/log/address.ts'
import type { Identity, KindName } from '../../src/log/commit.ts'
import { fieldsIn, keyOf, textOfField } from '../verb.ts'
import { logOf } from '../stage.ts'

export const show: Verb = {
  reads: ({ who, environment, words: [kind = '', target = '', ...more] }, stage) => {
    const layer = textOfField(fieldsIn(more).fields['layer']) ?? (who === 'platform' ? 'platform' : 'tenant')
    const identity: Identity =
      kind === 'config'
        ? { kind, ...keyOf(target) }
        : kind === 'override'
          ? { kind, ...keyOf(target), layer, environment }
          : { kind: kind as KindName, name: target }
    const record = logOf(stage, who).state.record(spaceOf(identity), identity.name)
    if (record === undefined) return ['never there']
    return [`id ${record.id}  version ${record.version}  ${record.deleted ? 'deleted' : JSON.stringify(record.body)}`]
  },
}
