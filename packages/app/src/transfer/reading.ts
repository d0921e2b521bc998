// What a file that was read asks for, whether it holds manifests or is a plain one. Owns what may be asked beside it.
import { failure, KonfigError, type Side } from '@konfig/core'
import type { FileContent } from '@konfig/files'
import { intentionsOf } from '../changes/apply.ts'
import { type Proposal, proposeApplications, proposePlain, type Put, type Standing } from './propose.ts'
import { contradictionsIn, type ImportConflict } from './weigh.ts'

export interface Reading {
  /** What a plain file says twice; it does not depend on any state. */
  readonly contradictions: readonly ImportConflict[]
  readonly environments: readonly string[]
  readonly propose: (standing: Standing) => readonly Proposal[]
}

export interface Destination {
  readonly namespace?: string | undefined
  readonly environment?: string | undefined
}

const invalid = (reason: string): KonfigError => new KonfigError(failure('import_invalid', { reason }))

/** Throws `import_invalid` where destination and file contradict each other, `changes_rejected` for manifests that are not written so. */
export const readingOf = (content: FileContent, { namespace, environment }: Destination, side: Side): Reading => {
  if (content.kind === 'manifests') {
    if (namespace !== undefined || environment !== undefined)
      throw invalid('manifests name their own namespaces and environments; leave both out')
    const changes = content.manifests.map((resource) => ({ op: 'put', resource }) as const)
    const intentions = intentionsOf({ changes }, side)
    if (!intentions.ok) throw new KonfigError(intentions.failure)
    const proposals = intentions.value.map((intention) => ({ intention: intention as Put }))
    return { contradictions: [], environments: [], propose: () => proposals }
  }
  const { plains, applications } = content
  if (environment !== undefined && plains.some((plain) => plain.environments.length > 0))
    throw invalid('the file has environments of its own; leave the environment out')
  return {
    contradictions: plains.flatMap(contradictionsIn),
    environments:
      environment === undefined ? [...new Set(plains.flatMap((plain) => plain.environments))] : [environment],
    propose: (standing) => [
      ...plains.flatMap((plain) => proposePlain(plain, environment, standing)),
      ...proposeApplications(applications, standing),
    ],
  }
}
