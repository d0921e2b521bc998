// What a file that was read asks for, whether it holds manifests or is a plain one: a list of items, each proposed on a state.
// Owns what may be asked beside it. Items are made one by one, since a file may hold a million.
import { failure, type Issue, KonfigError, type Side } from '@konfig/core'
import { inSlices } from '@konfig/journal'
import type { FileContent, PlainApplication, PlainConfig, PlainOverride } from '@konfig/files'
import { intentionsOf } from '../changes/apply.ts'
import {
  type Proposal,
  proposeApplication,
  proposeConfig,
  proposeOverride,
  type Put,
  type Standing,
} from './propose.ts'
import { contradictionsIn, type ImportConflict } from './weigh.ts'

export type Item =
  | { readonly of: 'manifest'; readonly intention: Put }
  | { readonly of: 'config'; readonly namespace: string; readonly config: PlainConfig }
  | { readonly of: 'override'; readonly namespace: string; readonly override: PlainOverride }
  | { readonly of: 'application'; readonly application: PlainApplication }

export interface Reading {
  /** What a plain file says twice; it does not depend on any state. */
  readonly contradictions: readonly ImportConflict[]
  /** Environments that the file speaks of, whether or not one of its keys does. */
  readonly environments: readonly string[]
  readonly items: () => Iterable<Item>
  readonly propose: (item: Item, standing: Standing) => readonly Proposal[]
}

export interface Destination {
  readonly namespace?: string | undefined
  readonly environment?: string | undefined
}

const invalid = (reason: string): KonfigError => new KonfigError(failure('import_invalid', { reason }))

const mostListed = 100

/** Throws `changes_rejected` for manifests that are not written so. */
const intentionsIn = async (
  manifests: Extract<FileContent, { readonly kind: 'manifests' }>['manifests'],
  side: Side,
): Promise<readonly Put[]> => {
  const intentions: Put[] = []
  const issues: Issue[] = []
  await inSlices(manifests.entries(), ([index, resource]) => {
    const read = intentionsOf({ changes: [{ op: 'put', resource }] }, side)
    if (read.ok) intentions.push(...(read.value as readonly Put[]))
    else issues.push(...(read.failure.errors ?? []).map((issue) => ({ ...issue, index })))
  })
  if (issues.length === 0) return intentions
  throw new KonfigError(failure('changes_rejected', { count: issues.length }, issues.slice(0, mostListed)))
}

function* plainItems({ plains, applications }: Extract<FileContent, { readonly kind: 'plain' }>): Generator<Item> {
  for (const { namespace, configs } of plains) for (const config of configs) yield { of: 'config', namespace, config }
  for (const { namespace, overrides } of plains)
    for (const override of overrides) yield { of: 'override', namespace, override }
  for (const application of applications) yield { of: 'application', application }
}

/** Throws `import_invalid` where destination and file contradict each other, `changes_rejected` for manifests that are not written so. */
export const readingOf = async (
  content: FileContent,
  { namespace, environment }: Destination,
  side: Side,
): Promise<Reading> => {
  if (content.kind === 'manifests') {
    if (namespace !== undefined || environment !== undefined)
      throw invalid('manifests name their own namespaces and environments; leave both out')
    const intentions = await intentionsIn(content.manifests, side)
    return {
      contradictions: [],
      environments: [],
      *items() {
        for (const intention of intentions) yield { of: 'manifest', intention }
      },
      propose: (item) => (item.of === 'manifest' ? [{ intention: item.intention }] : []),
    }
  }
  const { plains } = content
  if (environment !== undefined && plains.some((plain) => plain.environments.length > 0))
    throw invalid('the file has environments of its own; leave the environment out')
  return {
    contradictions: plains.flatMap(contradictionsIn),
    environments:
      environment === undefined ? [...new Set(plains.flatMap((plain) => plain.environments))] : [environment],
    items: () => plainItems(content),
    propose: (item, standing) => {
      if (item.of === 'config') return proposeConfig(item.config, item.namespace, environment, standing)
      if (item.of === 'override') return proposeOverride(item.override, item.namespace, standing)
      return item.of === 'application'
        ? proposeApplication(item.application, standing)
        : [{ intention: item.intention }]
    },
  }
}
