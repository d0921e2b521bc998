// policy billing/timeout bounded schema={…} plans={…}: what tenants may do with the platform's key.
import type { Verb } from '../verb.ts'
import { fieldsIn, keyOf } from '../verb.ts'
import { found } from '../stage.ts'

export const policy: Verb = {
  writes: ({ who, words: [target, mode = 'open', ...more] }, stage) => {
    const { namespace, name } = keyOf(target)
    const definition = found(stage, who, { kind: 'config', namespace, name })
    return [
      {
        op: 'put',
        kind: 'config',
        namespace,
        name,
        body: { ...definition?.body, policy: { mode, ...fieldsIn(more).fields } },
      },
    ]
  },
}
