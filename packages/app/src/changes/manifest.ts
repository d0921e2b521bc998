// A stored resource as a manifest shows it. What a manifest asks for is read by @konfig/files.
import type { Resource } from '@konfig/core'
import type { Manifest } from '@konfig/files'

export const manifestOf = ({ kind, name, namespace, layer, environment, labels, body }: Resource): Manifest => ({
  kind,
  metadata: {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(layer === undefined ? {} : { layer }),
    ...(environment === undefined ? {} : { environment }),
    ...(labels === undefined ? {} : { labels }),
  },
  spec: body,
})
