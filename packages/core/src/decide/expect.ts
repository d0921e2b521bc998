// Preconditions: what the writer believed against what is there, and where a belief must be stated.
import { protectedBy } from '../access/require.ts'
import { type Failure, failure } from '../errors/failure.ts'
import { spaceOf } from '../log/address.ts'
import type { Change } from '../log/commit.ts'
import type { State } from '../state/state.ts'
import { kinds } from '../kinds/registry.ts'
import type { Deciding, Intention } from './intention.ts'

/** A failed expectation, or undefined where there is none or it holds. */
export const expectationFailure = (intention: Intention, state: State): Failure | undefined => {
  const { expect, kind, name } = intention
  if (expect === undefined) return undefined
  const found = state.get(spaceOf(intention), name)
  const holds =
    expect === 'absent'
      ? found === undefined
      : found === undefined
        ? // Version 0 is what a reader is told of what is not there: whoever names it expects nothing.
          expect !== 'present' && expect.some(({ version }) => version === 0)
        : expect === 'present' ||
          expect.some(({ id, version }) => version === found.version && (id === undefined || id === found.id))
  if (holds) return undefined
  const shown = intention.namespace === undefined ? name : `${intention.namespace}/${name}`
  return failure('precondition_failed', { kind, name: shown, version: found?.version ?? 0 })
}

/** One sentence for all routes: those of one resource may write several at once (a key with its overrides), so no count tells them apart. */
const header =
  'If-Match with the ETag that you read (or If-None-Match: * for something new); a list of changes takes ifVersion or ifRevision, and an import or undo ifRevision'

/** Where an environment is protected, or a tenant asks for it, a write without any expectation is refused. */
export const protectionFailure = (change: Change, intention: Intention, deciding: Deciding): Failure | undefined => {
  if (intention.expect !== undefined || deciding.ifRevision !== undefined) return undefined
  const tenant = deciding.side === 'tenant' ? deciding.state : undefined
  const [environment] = protectedBy(change, deciding.platform, tenant)
  if (environment !== undefined)
    return failure('precondition_required', { why: `Environment ${environment} is protected`, environment, header })
  if (deciding.requireExpectation === true && kinds[change.kind].group === 'configuration')
    return failure('precondition_required', { why: 'This tenant asks for a precondition with every write', header })
  return undefined
}
