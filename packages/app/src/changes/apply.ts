// Applies a list of changes, given as manifests, as one commit. Owns how the list is read and how each refusal names its change.
import {
  type Expectation,
  failure,
  type Failure,
  type Identity,
  type Intention,
  type Issue,
  KonfigError,
  ok,
  type Result,
  spaceOf,
  type State,
} from '@konfig/core'
import { intentionOf, type Manifest } from '@konfig/files'
import { type Asked, commit } from '../commit.ts'
import type { Context } from '../context.ts'

export interface AskedChange {
  readonly op: 'put' | 'delete'
  readonly resource: Omit<Manifest, 'spec'> & { readonly spec?: Manifest['spec'] | undefined }
  /** The version that the resource is expected at; 0: it is not there. */
  readonly ifVersion?: number | undefined
}

export interface AskedChanges {
  readonly message?: string | undefined
  /** The revision that the whole log is expected at. */
  readonly ifRevision?: number | undefined
  readonly changes: readonly AskedChange[]
}

export interface Applied {
  readonly revision: number
  /** The commit's id; null for a dry run, and where nothing had to change. */
  readonly commit: string | null
  /** One for each change, in the order asked. */
  readonly results: readonly { readonly kind: string; readonly name: string; readonly version: number }[]
}

const expectationOf = (version: number | undefined): Expectation | undefined =>
  version === undefined ? undefined : version === 0 ? 'absent' : [{ version }]

const issueOf = (index: number, { code, detail, data }: Failure): Issue => ({
  index,
  code,
  detail,
  ...(typeof data['pointer'] === 'string' ? { pointer: data['pointer'] } : {}),
})

const rejected = (issues: readonly Issue[]): Failure => failure('changes_rejected', { count: issues.length }, issues)

/** All intentions, or every change that cannot be one. */
export const intentionsOf = ({ changes }: AskedChanges, side: Context['side']): Result<readonly Intention[]> => {
  const intentions: Intention[] = []
  const issues: Issue[] = []
  for (const [index, { op, resource, ifVersion }] of changes.entries()) {
    const manifest: Manifest = { ...resource, spec: resource.spec ?? {} }
    const read = intentionOf(op, manifest, side, expectationOf(ifVersion))
    if (read.ok) intentions.push(read.value)
    else issues.push(issueOf(index, read.failure))
  }
  return issues.length === 0 ? ok(intentions) : { ok: false, failure: rejected(issues.slice(0, 100)) }
}

const aboutWholeList = new Set([
  'revision_moved',
  'precondition_failed',
  'precondition_required',
  'changes_rejected',
  'too_large',
])
const ofOneChange = new Set(['invalid', 'conflict', 'not_found'])

/** Somebody who sends a list reads a list of refusals, also where there was one change in it. */
export const listedRefusal = (reason: unknown): unknown => {
  if (!(reason instanceof KonfigError)) return reason
  const { failure: found } = reason
  if (aboutWholeList.has(found.code) || !ofOneChange.has(found.category) || found.code.startsWith('idempotency'))
    return reason
  return new KonfigError(rejected(found.errors ?? [issueOf(0, found)]), { cause: reason })
}

export const versionIn = (state: State, identity: Identity): number =>
  state.record(spaceOf(identity), identity.name)?.version ?? 0

/**
 * Refuses `changes_rejected` with one entry for each wrong change, `precondition_failed`, `precondition_required`, `revision_moved`, `denied`.
 * All changes land in one commit, or none.
 */
export const applyChanges = async (context: Context, asked: AskedChanges): Promise<Applied> => {
  if (context.write.expect !== undefined)
    throw new KonfigError(
      failure('malformed_request', {
        reason:
          'a list of changes takes no If-Match and no If-None-Match; send ifVersion for each change, or ifRevision',
      }),
    )
  const read = intentionsOf(asked, context.side)
  if (!read.ok) throw new KonfigError(read.failure)
  const intentions = read.value
  const plan = (): Result<Asked> => ok({ intentions, ifRevision: asked.ifRevision })
  const message = asked.message ?? context.write.message
  const committed = await commit({ ...context, write: { ...context.write, message } }, plan).catch(
    (reason: unknown) => {
      throw listedRefusal(reason)
    },
  )
  return {
    revision: committed.revision,
    commit: committed.commit?.id ?? null,
    results: intentions.map((intention) => ({
      kind: intention.kind,
      name: intention.name,
      version: versionIn(committed.state, intention),
    })),
  }
}
