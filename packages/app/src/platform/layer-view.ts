// How a brand or a plan looks outside. Both are layers of overrides; a plan has limits too.
import type { JsonObject, Resource } from '@konfig/core'

export type LayerKind = 'brand' | 'plan'

export interface LayerView {
  readonly id: string
  readonly name: string
  readonly displayName?: string
  readonly description?: string
  /** Plans only; null is no limit, what is left out has the installation's default. */
  readonly limits?: { readonly [limit: string]: number | null }
  readonly version: number
  readonly revision: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** What is written of a layer; the kind's schema in core judges it. */
export type LayerBody = JsonObject

export const viewLayer = ({
  id,
  name,
  body,
  version,
  revision,
  createdAt,
  createdBy,
  updatedAt,
  updatedBy,
}: Resource): LayerView => ({
  ...(body as Pick<LayerView, 'displayName' | 'description' | 'limits'>),
  id,
  name,
  version,
  revision,
  createdAt: new Date(createdAt).toISOString(),
  createdBy,
  updatedAt: new Date(updatedAt).toISOString(),
  updatedBy,
})
