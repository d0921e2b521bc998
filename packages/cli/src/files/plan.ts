// What applying a directory would do: compares it with what the server holds, and has the server say what each change leads to.
// Promise: all of it is judged on one revision, which the apply then insists on.
import { maximumChanges } from '@konfig/core'
import { type Manifest, readFile } from '@konfig/files'
import { CommandError, isCommandError, refuse } from '../problem/problem.ts'
import type { Deps } from '../verb.ts'
import {
  appliedLabel,
  directoryLabel,
  disowned,
  isDrifted,
  type Labels,
  owned,
  ownerOf,
  ownLabels,
  pruned,
  sameManifest,
} from './directory-label.ts'
import { type Change, type Preview, type PreviewedChange, previewOf } from './preview.ts'
import type { Source } from './read-manifests.ts'

export interface PlanOptions {
  /** What the directory is called on the server. */
  readonly directory: string
  readonly prune: boolean
  /** Resources of another directory may be taken from it. */
  readonly takeOver: boolean
}

export interface PlannedChange extends PreviewedChange {
  /** Only the labels that `apply` keeps change: it becomes the directory's. */
  readonly isAdopted: boolean
  /** Somebody else changed it since it was applied, or deleted it. */
  readonly isDrifted: boolean
  /** People's own labels, as they will be. */
  readonly labelsAfter: Labels
}

export interface Plan {
  readonly revision: number
  readonly sent: readonly Change[]
  readonly changes: readonly PlannedChange[]
  readonly values: Preview['values']
  readonly more: boolean
  readonly hidden: number
  readonly unchanged: number
  /** The directory's, and no longer in it; without --prune they stay. */
  readonly orphans: readonly Manifest[]
}

/** Names one resource; an override without a layer is the tenant's own. */
const addressOf = ({ kind, metadata: { name, namespace, layer, environment } }: Manifest): string =>
  JSON.stringify([kind, name, namespace, kind === 'override' ? (layer ?? 'tenant') : layer, environment])

const labelOf = ({ kind, metadata: { name, namespace, environment } }: Manifest): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${environment === undefined ? '' : ` in ${environment}`}`

interface Held {
  readonly manifests: ReadonlyMap<string, Manifest>
  readonly revision: number
}

/** Everything that is configuration there, and the revision that it is of at least. */
const heldBy = async ({ client }: Deps): Promise<Held> => {
  const { text, headers } = await client.ask({ path: '/export', query: { format: 'json' } })
  const read = readFile({ text, format: 'manifest' })
  if (!read.ok || read.value.kind !== 'manifests')
    return refuse({
      code: 'bug',
      outcome: 'bug',
      detail: 'The server exported something that is no list of manifests.',
    })
  const revision = Number(headers['konfig-point']?.split('-')[1])
  return { manifests: new Map(read.value.manifests.map((manifest) => [addressOf(manifest), manifest])), revision }
}

const othersIn = (sources: readonly Source[], held: Held, directory: string): readonly string[] =>
  sources.flatMap(({ manifest, file, line }) => {
    const there = held.manifests.get(addressOf(manifest))
    const owner = there === undefined ? undefined : ownerOf(there)
    return owner === undefined || owner === directory
      ? []
      : [`${file}:${line}: ${labelOf(manifest)} belongs to directory ${owner}.`]
  })

const checkOwners = (sources: readonly Source[], held: Held, { directory, takeOver }: PlanOptions): void => {
  const others = takeOver ? [] : othersIn(sources, held, directory)
  if (others.length > 0)
    refuse({
      code: 'other_directory',
      outcome: 'conflict',
      detail: `${others.length === 1 ? 'A resource belongs' : `${others.length} resources belong`} to another directory.`,
      errors: others.map((detail) => ({ code: 'other_directory', detail })),
      next: 'Take them out here or there, or pass --take-over if this directory is to own them from now on.',
    })
}

const twins = (sources: readonly Source[]): void => {
  const seen = new Map<string, Source>()
  for (const source of sources) {
    const address = addressOf(source.manifest)
    const other = seen.get(address)
    if (other !== undefined)
      refuse({
        code: 'duplicate_change',
        outcome: 'invalid',
        detail: `${labelOf(source.manifest)} stands at ${other.file}:${other.line} and again at ${source.file}:${source.line}.`,
        next: 'Keep one of them.',
      })
    seen.set(address, source)
  }
}

/** Environments are few people's to write: one that is there and the same stays nobody's, so that others can apply as well. */
const staysShared = (there: Manifest, manifest: Manifest): boolean =>
  manifest.kind === 'environment' && ownerOf(there) === undefined && sameManifest(disowned(there), disowned(manifest))

interface Wanted {
  readonly changes: readonly Change[]
  readonly places: readonly string[]
  readonly drifted: ReadonlySet<number>
  readonly adopted: ReadonlySet<number>
  readonly unchanged: number
  readonly orphans: readonly Manifest[]
}

const wantedBy = (sources: readonly Source[], held: Held, { directory, prune }: PlanOptions): Wanted => {
  const changes: Change[] = []
  const places: string[] = []
  const drifted = new Set<number>()
  const adopted = new Set<number>()
  let unchanged = 0
  const named = new Set<string>()
  for (const { manifest, file, line } of sources) {
    const address = addressOf(manifest)
    named.add(address)
    const there = held.manifests.get(address)
    const resource = owned(manifest, directory)
    if (there !== undefined && (sameManifest(there, resource) || staysShared(there, manifest))) unchanged++
    else {
      if (there !== undefined && sameManifest(disowned(there), disowned(manifest))) adopted.add(changes.length)
      else if (there !== undefined && ownerOf(there) === directory && isDrifted(there)) drifted.add(changes.length)
      changes.push({ op: 'put', resource })
      places.push(`${file}:${line}`)
    }
  }
  const orphans = [...held.manifests].flatMap(([address, manifest]) =>
    ownerOf(manifest) === directory && !named.has(address) ? [manifest] : [],
  )
  for (const manifest of prune ? orphans : []) {
    if (isDrifted(manifest)) drifted.add(changes.length)
    changes.push({ op: 'delete', resource: pruned(manifest, directory) })
    places.push('no longer in the directory')
  }
  return { changes, places, drifted, adopted, unchanged, orphans }
}

/** What the directory owned as it was deleted, unless it did so itself. */
const wasDeletedByOthers = ({ last, labels }: PreviewedChange, directory: string): boolean =>
  last?.deleted === true && labels?.[directoryLabel] === directory && labels[appliedLabel] !== undefined

/** Refusals of single changes, said with the place in the files instead of a number. */
const withPlaces = (reason: unknown, places: readonly string[]): unknown => {
  if (!isCommandError(reason) || reason.problem.errors === undefined) return reason
  const errors = reason.problem.errors.map((error) => {
    const { index, detail, ...rest } = error as { readonly index?: number; readonly detail?: string }
    const place = index === undefined ? undefined : places[index]
    return place === undefined ? error : { ...rest, detail: `${place}: ${detail ?? ''}` }
  })
  return new CommandError({ ...reason.problem, errors }, { cause: reason })
}

const moved = (reason: unknown): boolean => isCommandError(reason) && reason.problem.code === 'revision_moved'

const attempts = 3

export const planOf = async (sources: readonly Source[], options: PlanOptions, deps: Deps): Promise<Plan> => {
  twins(sources)
  for (let attempt = 1; ; attempt++) {
    const held = await heldBy(deps)
    checkOwners(sources, held, options)
    const { changes: sent, places, drifted, adopted, unchanged, orphans } = wantedBy(sources, held, options)
    const settled = { sent, unchanged, orphans }
    if (sent.length === 0)
      return { ...settled, revision: held.revision, changes: [], values: [], more: false, hidden: 0 }
    if (sent.length > maximumChanges)
      refuse({
        code: 'too_large',
        outcome: 'too_large',
        detail: `${sent.length} changes are more than one commit takes, which is ${maximumChanges}.`,
        next: 'Apply parts of the directory by themselves, each under a --name of its own, or load them first with `konfig import`.',
      })
    try {
      const preview = await previewOf(sent, held.revision, deps)
      const changes = preview.changes.map(
        (change, index): PlannedChange => ({
          ...change,
          isAdopted: adopted.has(index),
          labelsAfter: ownLabels(sent[index]?.resource.metadata.labels),
          isDrifted: drifted.has(index) || (change.op === 'create' && wasDeletedByOthers(change, options.directory)),
        }),
      )
      return { ...settled, ...preview, changes: changes.filter(({ op }) => op !== 'none') }
    } catch (reason) {
      if (attempt === attempts || !moved(reason)) throw withPlaces(reason, places)
    }
  }
}
