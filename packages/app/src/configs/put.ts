// Sets a config's value and keeps its definition, or replaces the definition: which of the two, `type` tells.
import { type Failure, failure, type Json, type JsonObject, ok, refuse, type Side } from '@konfig/core'
import type { Context } from '../context.ts'
import type { Viewed } from '../resource-view.ts'
import { definitionBody, planDefinition } from './create.ts'
import { bodyWith, isBase, orphanBase, type Where } from './target.ts'
import type { ConfigView } from './view.ts'
import { type PlanConfig, viewWritten, writeConfig } from './write.ts'

export interface PutConfig {
  readonly value?: Json
  readonly type?: string
  readonly validation?: JsonObject
  readonly combine?: string
  readonly description?: string
  readonly policy?: JsonObject
}

const invalid = (pointer: string, rule: string): Failure => failure('body_invalid', { pointer, rule })

/** What of the body does not go together, before anything is looked up. */
const misfit = (side: Side, where: Where, { value, type, ...rest }: PutConfig): Failure | undefined => {
  const [other] = Object.keys(rest)
  if (!isBase(side, where)) {
    const strange = type === undefined ? other : 'type'
    if (strange !== undefined)
      return invalid(`/${strange}`, 'belongs to the definition; in an environment or another layer send value alone')
  } else if (type === undefined && other !== undefined)
    return invalid('/type', 'is needed to replace the definition; send value alone to keep it')
  return type === undefined && value === undefined
    ? invalid('/value', 'is needed, or type to replace the definition')
    : undefined
}

const planValue =
  (value: Json): PlanConfig =>
  ({ side, state, namespace, target }) => {
    if (target.definition === undefined)
      return refuse('resource_not_found', { kind: 'config', name: `${namespace}/${target.key}` })
    const orphan =
      side === 'tenant' && target.identity.kind === 'config' ? orphanBase(state, namespace, target.key) : undefined
    const labels = target.resource?.labels
    return ok([
      { op: 'put', ...target.identity, body: bodyWith(target, value), ...(labels === undefined ? {} : { labels }) },
      ...(orphan === undefined ? [] : [{ op: 'delete' as const, ...orphan }]),
    ])
  }

/** Throws `body_invalid`, `resource_not_found`, `defined_by_platform`, and all that a value or a definition may break. */
export const putConfig = async (context: Context, where: Where, body: PutConfig): Promise<Viewed<ConfigView>> => {
  const wrong = misfit(context.side, where, body)
  const { type, value } = body
  const plan: PlanConfig =
    wrong !== undefined
      ? () => ({ ok: false, failure: wrong })
      : type === undefined
        ? planValue(value as Json)
        : planDefinition(definitionBody({ ...body, type }))
  return viewWritten(context, where, await writeConfig(context, where, plan))
}
