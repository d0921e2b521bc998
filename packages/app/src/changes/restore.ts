// Restores configuration as of an earlier moment: a namespace, what is set in an environment, or all that the log holds.
import { failure, KonfigError, type OnConflict, restoreAims, type Scope } from '@konfig/core'
import type { Context } from '../context.ts'
import { momentOf } from './moment.ts'
import { carryOut, type Undone } from './undo.ts'

export interface AskedScope {
  readonly namespace?: string | undefined
  readonly environment?: string | undefined
  readonly tenant?: boolean | undefined
}

export interface AskedRestore {
  /** A revision, a point, or a time. */
  readonly to: string
  readonly scope: AskedScope
  readonly onConflict?: OnConflict | undefined
  readonly ifRevision?: number | undefined
}

const scopeOf = (scope: AskedScope): Scope => {
  const scopes: readonly (Scope | undefined)[] = [
    scope.namespace === undefined ? undefined : { of: 'namespace', name: scope.namespace },
    scope.environment === undefined ? undefined : { of: 'environment', name: scope.environment },
    scope.tenant === true ? { of: 'log' } : undefined,
  ]
  const [only, ...others] = scopes.filter((found) => found !== undefined)
  if (only === undefined || others.length > 0)
    throw new KonfigError(
      failure('malformed_request', { reason: 'scope has one of namespace, environment and tenant: true' }),
    )
  return only
}

/** Also refuses `malformed_request`, `revision_not_found`. */
export const restoreTo = async (context: Context, asked: AskedRestore): Promise<Undone> => {
  const scope = scopeOf(asked.scope)
  const { revision } = await momentOf(context, asked.to)
  const then = await context.app.past.at(context.log, revision)
  return carryOut(context, {
    origin: 'restore',
    of: asked.to,
    onConflict: asked.onConflict ?? 'fail',
    ifRevision: asked.ifRevision,
    aimsOn: (state) => restoreAims(scope, then, state),
  })
}
