// Exports configuration as manifests.
import { exportManifests } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'

export const getExport = operation({
  route: 'GET /export',
  summary: 'Export configuration',
  description:
    'All configuration that you may read, as manifests that import takes: namespaces, environments, applications, configs and overrides. The same state gives the same text. The access log notes it.',
  tag: 'Import and export',
  guard: 'config:read',
  side: 'tenant',
  place: ({ query }) => (query.namespace === undefined ? {} : { namespace: query.namespace }),
  query: Type.Object(
    {
      kinds: Type.Optional(Type.String({ maxLength: 200, description: 'Kinds, with commas between.' })),
      namespace: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' })),
      format: Type.Optional(Type.Union([Type.Literal('yaml'), Type.Literal('json')])),
    },
    { additionalProperties: false },
  ),
  answer: Type.String({ description: 'Manifests: YAML documents, or a JSON list.' }),
  refuses: ['malformed_request', 'too_large', 'denied'],
  example: { query: { format: 'yaml' } },
  run: async (context, { query }) => {
    const { kinds, namespace, format } = query
    const { text } = await exportManifests(context, { kinds: kinds?.split(','), namespace, format })
    const mediaType = format === 'json' ? 'application/json; charset=utf-8' : 'application/yaml; charset=utf-8'
    const name = namespace ?? context.tenant?.name ?? 'platform'
    const disposition = `attachment; filename="${name}.${format ?? 'yaml'}"`
    return { body: text, mediaType, headers: { 'Content-Disposition': disposition } }
  },
})
