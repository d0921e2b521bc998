// Plans one commit of an import on a state: what goes in it, what has to be left. Owns the size of a part, and when a conflict
// refuses the whole import.
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
} from '@konfig/core'
import type { Reading } from './reading.ts'
import { type Going, type ImportConflict, type OnImportConflict, weighOne } from './weigh.ts'

export interface Part {
  readonly kept: readonly Going[]
  readonly conflicts: readonly ImportConflict[]
}

export interface Planning {
  readonly reading: Reading
  readonly onConflict: OnImportConflict
  readonly deciding: Deciding
  readonly part: readonly Going[]
  /** Whether nobody has written since it was weighed: then nothing has to be weighed again. */
  readonly isFresh: boolean
}

/** Keeps a commit well below what the journal takes. */
const maximumPartLength = 24 * 1024 * 1024
/** What takes several commits anyway takes them small: others' requests wait while one is decided. */
const smallPart = 1_000

const shown = ({ namespace, name, environment }: Identity): string =>
  `${namespace === undefined ? name : `${namespace}/${name}`}${environment === undefined ? '' : ` in ${environment}`}`

export const refusal = (
  code: 'import_conflicts' | 'import_contradicts',
  conflicts: readonly ImportConflict[],
): { readonly ok: false; readonly failure: Failure } => {
  const issues = conflicts
    .slice(0, 100)
    .map((conflict): Issue => ({ code, detail: `${conflict.kind} ${shown(conflict)} ${conflict.detail}.` }))
  return { ok: false, failure: failure(code, { count: conflicts.length }, issues) }
}

const lengthOf = ({ proposal }: Going): number => JSON.stringify(proposal.intention.body).length + 200

/** Where the part that begins at `from` ends: as many as one commit takes. One commit takes all of it, or many take little each. */
export const endOfPart = (going: readonly Going[], from: number): number => {
  const most = going.length <= maximumChanges ? maximumChanges : smallPart
  let length = 0
  let end = from
  while (end < going.length && end - from < most) {
    length += lengthOf(going[end] as Going)
    if (length > maximumPartLength && end > from) break
    end++
  }
  return end
}

interface Settled {
  readonly kept: readonly Going[]
  readonly conflicts: readonly ImportConflict[]
}

/** The part as it stands on a state that others have written to. What is there by now is done. */
const again = ({ part, reading, onConflict, deciding }: Planning): Settled => {
  const conflicts: ImportConflict[] = []
  const kept = part.flatMap((going): readonly Going[] => {
    const address = addressOf(going.proposal.intention)
    const proposal =
      going.item === undefined
        ? going.proposal
        : reading.propose(going.item, deciding).find(({ intention }) => addressOf(intention) === address)
    const verdict = proposal === undefined ? undefined : weighOne(proposal, onConflict, deciding)
    if (verdict?.is === 'conflict') conflicts.push(verdict.conflict)
    return proposal === undefined || verdict?.is !== 'going' ? [] : [{ ...going, proposal, isNew: verdict.isNew }]
  })
  return { kept, conflicts }
}

/** With `skip`, what a rule refuses is left out here; with the others, deciding the whole refuses it by name. */
const settle = (settled: Settled, { deciding, onConflict }: Planning): Result<Settled> => {
  if (onConflict !== 'skip') return ok(settled)
  const found = leaveOut(
    deciding,
    settled.kept.map(({ proposal }) => proposal.intention),
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
  return ok({
    kept: settled.kept.filter(({ proposal }) => kept.has(proposal.intention)),
    conflicts: [...settled.conflicts, ...left],
  })
}

export const planPart = (planning: Planning): Result<Part> => {
  const settled = planning.isFresh ? { kept: planning.part, conflicts: [] } : again(planning)
  if (planning.onConflict === 'fail' && settled.conflicts.length > 0)
    return refusal('import_conflicts', settled.conflicts)
  return settle(settled, planning)
}
