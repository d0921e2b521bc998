// What all writes of one config share: permission first, then the place, then the plan on the newest state, then how it looks after.
import { type Failure, type Intention, type Result, type Side, type State } from '@konfig/core'
import type { CommitOptions, Committed } from '../commit.ts'
import { commitOne } from '../commit-one.ts'
import { type Context, statesOf } from '../context.ts'
import type { Viewed } from '../resource-view.ts'
import { allowedNamespace, missing, type Target, targetOf, type Where } from './target.ts'
import { type ConfigView, viewed } from './view.ts'

export interface Planning {
  readonly side: Side
  readonly state: State
  readonly platform: State
  readonly namespace: string
  readonly target: Target
}

/** What shall be written; the first one is what the caller's precondition is about. */
export type PlanConfig = (planning: Planning) => Result<readonly Intention[]>

/** Intentions beside the one that was asked for: in a protected environment they are covered by its precondition. */
const expecting = (intentions: readonly Intention[], { write }: Context): readonly Intention[] =>
  intentions.map((intention, index) =>
    index === 0
      ? { ...intention, expect: intention.expect ?? write.expect }
      : write.expect === undefined
        ? intention
        : { ...intention, expect: 'present' },
  )

export interface WrittenConfig extends Committed {
  readonly namespace: string
  /** Whether the target was there before. */
  readonly existed: boolean
}

export interface WriteConfigOptions extends CommitOptions {
  /** The plan takes away what is there, which it may though the environment or the namespace went before: the platform's go unasked. */
  readonly leftBehind?: boolean
}

export const writeConfig = async (
  context: Context,
  where: Where,
  plan: PlanConfig,
  options: WriteConfigOptions = {},
): Promise<WrittenConfig> => {
  const { side } = context
  const before = statesOf(context)
  const namespace = allowedNamespace(context, before, 'config:write', where)
  let existed = true
  const committed = await commitOne(
    context,
    ({ state, platform }) => {
      const wrong: Failure | undefined = missing(
        { platform, tenant: side === 'tenant' ? state : undefined },
        namespace,
        where,
      )
      if (wrong !== undefined && options.leftBehind !== true) return { ok: false, failure: wrong }
      const target = targetOf(side, state, platform, namespace, where)
      existed = target.resource !== undefined
      const planned = plan({ side, state, platform, namespace, target })
      if (wrong !== undefined && !planned.ok) return { ok: false, failure: wrong }
      return planned.ok ? { ok: true, value: { intentions: expecting(planned.value, context) } } : planned
    },
    options,
  )
  return { ...committed, namespace, existed }
}

export const viewWritten = (
  context: Context,
  where: Where,
  { state, namespace, existed, repeated, changes }: WrittenConfig,
): Viewed<ConfigView> => {
  const platform = context.side === 'platform' ? state : context.app.platform.state()
  const target = targetOf(context.side, state, platform, namespace, where)
  const created = repeated ? changes.some((change) => change.previous === 0 && change.name === where.key) : !existed
  return viewed(target, context.side, created)
}
