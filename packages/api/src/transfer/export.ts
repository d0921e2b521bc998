// Exports configuration: as manifests, or what a namespace stores itself as a plain file.
import { exportManifests, exportStored, storedFormats } from '@konfig/app'
import { failure, KonfigError } from '@konfig/core'
import Type from 'typebox'
import { operation } from '../operation.ts'

const endings = {
  spring: 'yaml',
  toml: 'toml',
  properties: 'properties',
  env: 'env',
  docker: 'env',
  configmap: 'yaml',
  consul: 'json',
  etcd: 'json',
} as const satisfies Record<(typeof storedFormats)[number], string>

const mediaTypes: Readonly<Record<string, string>> = {
  json: 'application/json; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
  toml: 'application/toml; charset=utf-8',
}

export const getExport = operation({
  route: 'GET /export',
  summary: 'Export configuration',
  description:
    'All configuration that you may read, as manifests that import takes: namespaces, environments, applications, configs and overrides; or the values that a namespace stores as a plain file, which import reads back exactly. The same state gives the same text. The access log notes it.',
  tag: 'Import and export',
  guard: 'config:read',
  side: 'tenant',
  place: ({ query }) => (query.namespace === undefined ? {} : { namespace: query.namespace }),
  query: Type.Object(
    {
      kinds: Type.Optional(Type.String({ maxLength: 200, description: 'Kinds, with commas between.' })),
      namespace: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' })),
      environment: Type.Optional(
        Type.String({
          pattern: '^[a-z0-9][a-z0-9_-]{0,62}$',
          description: 'Of plain files: the values that are set for this environment alone.',
        }),
      ),
      format: Type.Optional(
        Type.Union(
          ['yaml' as const, 'json' as const, ...storedFormats].map((name) => Type.Literal(name)),
          { description: 'yaml and json: manifests. All others: stored values, exactly, or refused by name.' },
        ),
      ),
      layout: Type.Optional(Type.Union([Type.Literal('flat'), Type.Literal('nested')])),
    },
    { additionalProperties: false },
  ),
  answer: Type.String({ description: 'Manifests: YAML documents, or a JSON list.' }),
  refuses: ['malformed_request', 'resource_not_found', 'value_unwritable', 'names_collide', 'too_large', 'denied'],
  example: { query: { format: 'yaml' } },
  run: async (context, { query }) => {
    const { kinds, namespace, environment, format = 'yaml', layout } = query
    const name = namespace ?? context.tenant?.name ?? 'platform'
    const send = ({ text }: { readonly text: string }, ending: string) => ({
      body: text,
      mediaType: mediaTypes[ending] ?? 'text/plain; charset=utf-8',
      headers: {
        'Content-Disposition': `attachment; filename="${name}.${ending}"`,
      },
    })
    if (format !== 'yaml' && format !== 'json')
      return send(await exportStored(context, { kinds, namespace, environment, format, layout }), endings[format])
    if (environment !== undefined || layout !== undefined)
      throw new KonfigError(
        failure('malformed_request', {
          reason: 'manifests name their environments and have no layout; leave both out',
        }),
      )
    return send(await exportManifests(context, { kinds: kinds?.split(','), namespace, format }), format)
  },
})
