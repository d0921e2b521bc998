// Restores configuration as of an earlier moment: a namespace, what is set in an environment, or all that the log holds.
import { failure, KonfigError, type OnConflict, restoreAims, type Scope } from '@konfig/core'
import { check, type Context, notFound } from '../context.ts'
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

/** What never was there cannot be brought back: a name that was mistyped is told apart from one that has not changed. */
const existing = (context: Context, scope: Scope): void => {
  if (scope.of === 'log') return
  const { of: kind, name } = scope
  check(context, 'config:write', kind === 'namespace' ? { namespace: name } : { environments: [name] })
  const { log, app } = context
  // A state keeps what was deleted, so this looks back as far as the log goes.
  const known = [log.state(), app.platform.state()].some((state) => state.record(kind, name) !== undefined)
  if (!known) throw notFound(kind, name)
}

/** Also refuses `malformed_request`, `revision_not_found`, and `resource_not_found` for a namespace or environment that never was. */
export const restoreTo = async (context: Context, asked: AskedRestore): Promise<Undone> => {
  const scope = scopeOf(asked.scope)
  existing(context, scope)
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
