// config billing/timeout number 30 min=1 combine=replace: defines a key, in a namespace that is made if it is not there.
import type { Verb } from '../verb.ts'
import { fieldsIn, keyOf } from '../verb.ts'
import { valueOf } from '../script.ts'
import { found, platformOf } from '../stage.ts'

export const config: Verb = {
  writes: ({ who, words: [target, type = 'string', ...more] }, stage) => {
    const { namespace, name } = keyOf(target)
    const { fields, rest } = fieldsIn(more)
    const { combine, description, policy, ...validation } = fields
    const own = Object.fromEntries(
      Object.entries({ combine, description, policy }).flatMap(([field, value]) =>
        value === undefined ? [] : [[field, value]],
      ),
    )
    const there =
      platformOf(stage).get('namespace', namespace) ?? found(stage, who, { kind: 'namespace', name: namespace })
    return [
      ...(there === undefined ? [{ op: 'put' as const, kind: 'namespace' as const, name: namespace, body: {} }] : []),
      {
        op: 'put',
        kind: 'config',
        namespace,
        name,
        body: {
          type,
          ...(rest[0] === undefined ? {} : { value: valueOf(rest[0]) }),
          ...(Object.keys(validation).length === 0 ? {} : { validation }),
          ...own,
        },
      },
    ]
  },
}
