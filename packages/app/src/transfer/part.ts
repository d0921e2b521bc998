// Plans one commit of an import on a state: what goes in it, what is left for later ones, what has to be left altogether.
// Owns the size of a part, and when a conflict refuses the whole import.
import {
  addressOf,
  type Deciding,
  type Failure,
  failure,
  type Identity,
  identityOf,
  type Issue,
  leaveOut,
  maximumChanges,
  ok,
  type Result,
  spaceOf,
  type State,
} from '@konfig/core'
import type { Proposal } from './propose.ts'
import type { Reading } from './reading.ts'
import { type ImportConflict, type OnImportConflict, weigh } from './weigh.ts'

export interface Part {
  readonly kept: readonly Proposal[]
  /** What is left for later parts. */
  readonly rest: readonly Proposal[]
  /** How many of `kept` are new, and how many of `rest`. */
  readonly created: number
  readonly restCreated: number
  readonly unchanged: number
  readonly conflicts: readonly ImportConflict[]
}

export interface Planning {
  readonly reading: Reading
  readonly onConflict: OnImportConflict
  readonly deciding: Deciding
  /** What an earlier part left, where nobody has written since: then nothing has to be weighed again. */
  readonly left: readonly Proposal[] | undefined
  /** Addresses that an earlier part was refused: not tried again. */
  readonly refused: ReadonlySet<string>
  /** Why the caller may not write some of it; asked before anything is said of what is there. */
  readonly denied: (proposals: readonly Proposal[]) => Failure | undefined
}

/** Keeps a commit well below what the journal takes. */
const maximumPartLength = 24 * 1024 * 1024

const shown = ({ namespace, name, environment }: Identity): string =>
  `${namespace === undefined ? name : `${namespace}/${name}`}${environment === undefined ? '' : ` in ${environment}`}`

const refusal = (
  code: 'import_conflicts' | 'import_contradicts',
  conflicts: readonly ImportConflict[],
): { readonly ok: false; readonly failure: Failure } => {
  const issues = conflicts
    .slice(0, 100)
    .map((conflict): Issue => ({ code, detail: `${conflict.kind} ${shown(conflict)} ${conflict.detail}.` }))
  return { ok: false, failure: failure(code, { count: conflicts.length }, issues) }
}

/** As many as one commit takes. */
const firstPart = (going: readonly Proposal[]): readonly Proposal[] => {
  let length = 0
  const end = going.findIndex(({ intention }, index) => {
    length += JSON.stringify(intention.body).length + 200
    return index >= maximumChanges || (length > maximumPartLength && index > 0)
  })
  return end === -1 ? going : going.slice(0, end)
}

const newIn = (state: State, proposals: readonly Proposal[]): number =>
  proposals.filter(({ intention }) => state.get(spaceOf(intention), intention.name) === undefined).length

/** With `skip`, what a rule refuses is left out here; with the others, deciding the whole refuses it by name. */
const keep = (
  part: readonly Proposal[],
  { deciding, onConflict }: Planning,
): Result<{ readonly kept: readonly Proposal[]; readonly left: readonly ImportConflict[] }> => {
  if (onConflict !== 'skip') return ok({ kept: part, left: [] })
  const found = leaveOut(
    deciding,
    part.map(({ intention }) => intention),
  )
  if (!found.ok) return found
  const kept = new Set(found.value.kept)
  const left = found.value.refused.map(
    ({ intention, reason }): ImportConflict => ({
      ...identityOf(intention),
      reason: 'refused',
      detail: reason.detail,
    }),
  )
  return ok({ kept: part.filter(({ intention }) => kept.has(intention)), left })
}

interface Going {
  readonly going: readonly Proposal[]
  readonly unchanged: number
  readonly conflicts: readonly ImportConflict[]
}

/** All that is to be written, in this part or later ones; or why the import is refused. */
const goingOf = (planning: Planning): Result<Going> => {
  const { reading, onConflict, deciding, refused, left } = planning
  if (left !== undefined) return ok({ going: left, unchanged: 0, conflicts: [] })
  const proposals = reading.propose(deciding)
  const denied = planning.denied(proposals)
  if (denied !== undefined) return { ok: false, failure: denied }
  if (onConflict !== 'skip' && reading.contradictions.length > 0)
    return refusal('import_contradicts', reading.contradictions)
  const weighed = weigh(proposals, reading.environments, onConflict, deciding)
  if (onConflict === 'fail' && weighed.conflicts.length > 0) return refusal('import_conflicts', weighed.conflicts)
  return ok({
    going: weighed.going.filter(({ intention }) => !refused.has(addressOf(intention))),
    unchanged: weighed.unchanged,
    conflicts: [...reading.contradictions, ...weighed.conflicts],
  })
}

export const planPart = (planning: Planning): Result<Part> => {
  const { state } = planning.deciding
  const found = goingOf(planning)
  if (!found.ok) return found
  const { going, unchanged, conflicts } = found.value
  const part = firstPart(going)
  const rest = going.slice(part.length)
  const settled = keep(part, planning)
  if (!settled.ok) return settled
  const { kept, left } = settled.value
  return ok({
    kept,
    rest,
    created: newIn(state, kept),
    restCreated: newIn(state, rest),
    unchanged,
    conflicts: [...conflicts, ...left],
  })
}
