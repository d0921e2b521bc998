// Imports a file: manifests, or a plain YAML, JSON or properties file that becomes one namespace. The body is the file itself.
import { importFile } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'

const closed = { additionalProperties: false } as const
const Slug = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' })
const Format = Type.Union(
  [Type.Literal('yaml'), Type.Literal('json'), Type.Literal('properties'), Type.Literal('manifest')],
  { description: 'Left out, the media type tells it, or the file.' },
)

const formats: Readonly<Record<string, 'yaml' | 'json' | 'properties'>> = {
  'text/yaml': 'yaml',
  'text/x-yaml': 'yaml',
  'application/yaml': 'yaml',
  'application/x-yaml': 'yaml',
  'application/json': 'json',
  'application/x-java-properties': 'properties',
  'text/x-java-properties': 'properties',
}

const Conflict = Type.Object(
  {
    kind: Type.String(),
    name: Type.String(),
    namespace: Type.Optional(Type.String()),
    layer: Type.Optional(Type.String()),
    environment: Type.Optional(Type.String()),
    reason: Type.String({
      description:
        'repeated, types: the file contradicts itself. differs, type: what is there is another. refused: a rule forbids it.',
    }),
    detail: Type.String(),
  },
  closed,
)

export const postImport = operation({
  route: 'POST /import',
  summary: 'Import a file',
  description:
    'Manifests, or a plain file that becomes one namespace: its types are inferred, its profiles become environments. The same import again changes nothing. Beyond 10,000 changes it takes several commits.',
  tag: 'Import and export',
  guard: 'config:write',
  side: 'tenant',
  place: ({ query }) => (query.namespace === undefined ? {} : { namespace: query.namespace }),
  writes: true,
  accepts: [...Object.keys(formats), 'text/plain'],
  bodyLimit: 64 * 1024 * 1024,
  query: Type.Object(
    {
      format: Type.Optional(Format),
      name: Type.Optional(
        Type.String({ maxLength: 255, description: "The file's name: its namespace, where none is given." }),
      ),
      namespace: Type.Optional(Slug),
      environment: Type.Optional(Slug),
      onConflict: Type.Optional(
        Type.Union([Type.Literal('fail'), Type.Literal('skip'), Type.Literal('replace')], {
          description: 'fail: any difference refuses the import. skip: what is there stays. replace: the file wins.',
        }),
      ),
      ifRevision: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    closed,
  ),
  body: Type.String({ description: 'The file, up to 64 MiB.' }),
  answer: Type.Object(
    {
      created: Type.Integer(),
      changed: Type.Integer(),
      unchanged: Type.Integer(),
      inferred: Type.Array(Type.Object({ namespace: Type.String(), key: Type.String(), type: Type.String() }, closed)),
      conflicts: Type.Array(Conflict),
      revision: Type.Integer(),
      commits: Type.Integer(),
    },
    closed,
  ),
  refuses: [
    'import_invalid',
    'import_conflicts',
    'import_contradicts',
    'changes_rejected',
    'precondition_required',
    'revision_moved',
    'unsupported_media_type',
    'too_large',
    'denied',
  ],
  example: {
    query: { namespace: 'imported', format: 'yaml' },
    body: 'server:\n  port: 8080\n  compression: true\n',
    mediaType: 'text/yaml',
  },
  run: async (context, { query, body, mediaType }) => ({
    body: await importFile(context, { ...query, text: body, format: query.format ?? formats[mediaType ?? ''] }),
  }),
})
