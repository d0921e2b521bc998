// Restore: a namespace, an environment's overrides, or all configuration of a log, as of an earlier state of that log.
// Pure: whoever asks has loaded that state. Reads only what has been touched since, however large the log's state is.
import { isKindName, kinds } from '../kinds/registry.ts'
import { groupOf, spaceOf } from '../log/address.ts'
import { type Identity, identityOf } from '../log/commit.ts'
import type { State } from '../state/state.ts'
import { type Aim, contentOf } from './undo.ts'

/** What to bring back: one namespace with all in it, what is set in one environment, or everything. */
export type Scope =
  | { readonly of: 'namespace'; readonly name: string }
  | { readonly of: 'environment'; readonly name: string }
  | { readonly of: 'log' }

const covers = (scope: Scope, identity: Identity): boolean => {
  switch (scope.of) {
    case 'namespace':
      return identity.kind === 'namespace' ? identity.name === scope.name : identity.namespace === scope.name
    case 'environment':
      return identity.kind === 'override' && identity.environment === scope.name
    case 'log':
      return kinds[identity.kind].group === 'configuration'
  }
}

/** What a space's name tells of what lies in it; the inverse of `spaceOf` but for the names. */
const partsOf = (space: string): Identity | undefined => {
  const [kind = '', namespace, layer, environment] = space.split('/')
  if (!isKindName(kind)) return undefined
  return {
    kind,
    name: '',
    ...(environment ? { environment } : {}),
    ...(namespace ? { namespace } : {}),
    ...(layer ? { layer } : {}),
  }
}

/** Spaces in which anything may differ from an earlier revision: those of a group that was touched after it. */
const spacesSince = (state: State, revision: number, scope: Scope): readonly string[] =>
  [...state.spaces('')].filter((space) => {
    const parts = partsOf(space)
    if (parts === undefined || kinds[parts.kind].group !== 'configuration' || state.touched(groupOf(parts)) <= revision)
      return false
    return parts.kind === 'namespace' ? scope.of !== 'environment' : covers(scope, parts)
  })

/** The configuration within a scope whose content is not what it was at `then`, an earlier state of the same log. */
export const restoreAims = (scope: Scope, then: State, now: State): readonly Aim[] => {
  const aims: Aim[] = []
  for (const space of spacesSince(now, then.revision, scope))
    for (const found of now.records(space)) {
      if (found.revision <= then.revision || !covers(scope, found)) continue
      aims.push({ identity: identityOf(found), content: contentOf(then.get(spaceOf(found), found.name)) })
    }
  return aims
}
