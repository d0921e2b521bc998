// Creates a config: the definition of a new key, perhaps with a base value.
import { configSpace, type Json, type JsonObject, ok, refuse } from '@konfig/core'
import type { Context } from '../context.ts'
import type { Viewed } from '../resource-view.ts'
import { orphanBase } from './target.ts'
import type { ConfigView } from './view.ts'
import { type PlanConfig, viewWritten, writeConfig } from './write.ts'

export interface NewConfig {
  readonly namespace: string
  readonly key: string
  readonly type: string
  readonly value?: Json
  readonly validation?: JsonObject
  readonly combine?: string
  readonly description?: string
  readonly policy?: JsonObject
}

/** The body of a definition, of what was sent: what is left out is not there. */
export const definitionBody = ({
  type,
  value,
  validation,
  combine,
  description,
  policy,
}: Omit<NewConfig, 'namespace' | 'key'>): JsonObject => ({
  type,
  ...(value === undefined ? {} : { value }),
  ...(validation === undefined ? {} : { validation }),
  ...(combine === undefined ? {} : { combine }),
  ...(description === undefined ? {} : { description }),
  ...(policy === undefined ? {} : { policy }),
})

/** Puts a definition in place of whatever one there is; a key of the platform's is refused to tenants. */
export const planDefinition =
  (body: JsonObject): PlanConfig =>
  ({ side, state, platform, namespace, target }) => {
    const { key } = target
    if (side === 'tenant' && platform.get(configSpace(namespace), key) !== undefined)
      return refuse('defined_by_platform', { kind: 'config', name: `${namespace}/${key}` })
    const orphan = side === 'tenant' ? orphanBase(state, namespace, key) : undefined
    return ok([
      {
        op: 'put',
        ...target.identity,
        body,
        ...(target.resource?.labels === undefined ? {} : { labels: target.resource.labels }),
      },
      ...(orphan === undefined ? [] : [{ op: 'delete' as const, ...orphan }]),
    ])
  }

/** Throws `already_exists`, `defined_by_platform`, and all that a definition may break. */
export const createConfig = async (context: Context, fresh: NewConfig): Promise<Viewed<ConfigView>> => {
  const where = { namespace: fresh.namespace, key: fresh.key }
  const put = planDefinition(definitionBody(fresh))
  const written = await writeConfig(context, where, (planning) =>
    planning.target.resource !== undefined && planning.target.identity.kind === 'config' && !planning.target.dormant
      ? refuse('already_exists', { kind: 'config', name: `${planning.namespace}/${fresh.key}` })
      : put(planning),
  )
  return viewWritten(context, where, written)
}
