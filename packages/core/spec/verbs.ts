// The verbs that scripts may use, each in a file of its own.
import type { Verb } from './verb.ts'
import { application } from './verbs/application.ts'
import { config } from './verbs/config.ts'
import { remove } from './verbs/delete.ts'
import { explain } from './verbs/explain.ts'
import { get } from './verbs/get.ts'
import { inert } from './verbs/inert.ts'
import { list } from './verbs/list.ts'
import { policy } from './verbs/policy.ts'
import { put } from './verbs/put.ts'
import { set } from './verbs/set.ts'
import { show } from './verbs/show.ts'
import { unset } from './verbs/unset.ts'

export const verbs: { readonly [name: string]: Verb } = {
  application,
  config,
  delete: remove,
  explain,
  get,
  inert,
  list,
  policy,
  put,
  set,
  show,
  unset,
}
