// Puts a config, or its override in an environment, back to one of its versions: a new version with the old content.
import { type Change, failure, KonfigError, ok, rollback, spaceOf } from '@konfig/core'
import { versionOf } from '../changes/versions.ts'
import { type Context, statesOf } from '../context.ts'
import type { Viewed } from '../resource-view.ts'
import { allowedNamespace, missing, namedIn, orphanBase, targetOf, type Where } from './target.ts'
import type { ConfigView } from './view.ts'
import { viewWritten, writeConfig } from './write.ts'

/** Throws `version_not_found`, also for a version that was a deletion, and all that a PUT may: today's rules hold for old values too. */
export const rollbackConfig = async (context: Context, where: Where, version: number): Promise<Viewed<ConfigView>> => {
  const { state, platform, tenant } = statesOf(context)
  const namespace = allowedNamespace(context, { platform, tenant }, 'config:write', where)
  const wrong = missing({ platform, tenant }, namespace, where)
  if (wrong !== undefined) throw new KonfigError(wrong)
  const { identity } = targetOf(context.side, state, platform, namespace, where)
  const newest = state.record(spaceOf(identity), identity.name)
  if (newest === undefined) {
    const code =
      targetOf(context.side, state, platform, namespace, where).definition === undefined
        ? 'resource_not_found'
        : 'version_not_found'
    throw new KonfigError(failure(code, { kind: identity.kind, name: namedIn(namespace, where), version }))
  }
  const made = await versionOf(context.log, newest, version)
  const change: Change = made.change
  const written = await writeConfig(
    context,
    where,
    ({ side, state: now }) => {
      const back = rollback({ version, change })
      if (!back.ok) return back
      const orphan = side === 'tenant' && identity.kind === 'config' ? orphanBase(now, namespace, where.key) : undefined
      return ok([back.value, ...(orphan === undefined ? [] : [{ op: 'delete' as const, ...orphan }])])
    },
    { origin: 'rollback', of: String(made.commit.revision) },
  )
  return viewWritten(context, where, written)
}
