// What every stored resource shows of itself in answers, and its ETag. Knows no kind.
import type { Resource, Side } from '@konfig/core'
import { timeText } from './changes/moment.ts'

export interface ResourceFields {
  readonly id: string
  readonly definedBy: Side
  readonly version: number
  readonly revision: number
  /** RFC 3339, UTC. */
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** What a use case answers for one resource: how it looks, and the ETag that the next write of it may expect. */
export interface Viewed<View> {
  readonly view: View
  readonly etag: string
  /** Whether this write made it. */
  readonly created: boolean
}

export const etagOf = ({ id, version }: { readonly id: string; readonly version: number }): string =>
  `"${id}.${version}"`

/** Tenants see the platform's authors as `platform`. */
export const resourceFields = (resource: Resource, definedBy: Side, seenFrom: Side): ResourceFields => {
  const author = (actor: string): string => (definedBy === 'platform' && seenFrom === 'tenant' ? 'platform' : actor)
  return {
    id: resource.id,
    definedBy,
    version: resource.version,
    revision: resource.revision,
    createdAt: timeText(resource.createdAt),
    createdBy: author(resource.createdBy),
    updatedAt: timeText(resource.updatedAt),
    updatedBy: author(resource.updatedBy),
  }
}
