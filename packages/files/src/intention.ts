// What a manifest asks for: which kinds may be written by manifest, and the intention that core judges.
// Owns the rule that governance with rights in it is changed by its own routes only; the rest is core's to judge.
import {
  type Expectation,
  type Identity,
  type Intention,
  isKindName,
  type KindName,
  kinds,
  refuse,
  type Result,
  type Side,
} from '@konfig/core'
import type { Manifest } from './manifest.ts'

/**
 * Members, keys, roles and the tenant itself carry rights: their routes see to it that nobody grants more than they hold. A list of
 * changes has no such look, so it takes configuration, a tenant's settings, and the platform's brands and plans.
 */
export const writableByManifest = (kind: KindName): boolean =>
  kinds[kind].group === 'configuration' || kind === 'settings' || kind === 'brand' || kind === 'plan'

/** Without a layer, an override is the writer's own. */
const identityIn = ({ kind, metadata }: Manifest, side: Side): Identity => ({
  kind: kind as KindName,
  name: metadata.name,
  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  ...(metadata.layer !== undefined ? { layer: metadata.layer } : kind === 'override' ? { layer: side } : {}),
  ...(metadata.environment === undefined ? {} : { environment: metadata.environment }),
})

/** What a manifest asks for. Refuses kinds that are not written so; a kind that is none is left to the decision, which names the kinds. */
export const intentionOf = (
  op: 'put' | 'delete',
  manifest: Manifest,
  side: Side,
  expect?: Expectation,
): Result<Intention> => {
  if (isKindName(manifest.kind) && !writableByManifest(manifest.kind))
    return refuse('kind_closed', { kind: manifest.kind })
  const named = { ...identityIn(manifest, side), ...(expect === undefined ? {} : { expect }) }
  const { labels } = manifest.metadata
  const labelled = { ...named, ...(labels === undefined ? {} : { labels }) }
  return { ok: true, value: op === 'delete' ? { op, ...labelled } : { op, ...labelled, body: manifest.spec } }
}
