// put application shop {"namespaces":["billing"]}: any kind of resource that has a name and a body.
import type { Verb } from '../verb.ts'
import type { KindName } from '../../src/log/commit.ts'
import { type Json, isObject } from '../../src/values/json-value.ts'
import { fieldsIn } from '../verb.ts'
import { valueOf } from '../script.ts'

const bodyOf = (word: string | undefined, fields: { readonly [name: string]: Json }) => {
  const body = word === undefined ? {} : valueOf(word)
  return { ...(isObject(body) ? body : {}), ...fields }
}

export const put: Verb = {
  writes: ({ words: [kind = '', name = '', ...more] }) => {
    const { fields, rest } = fieldsIn(more)
    return [{ op: 'put', kind: kind as KindName, name, body: bodyOf(rest[0], fields) }]
  },
}
