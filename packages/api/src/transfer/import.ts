// Imports a file: manifests, or a plain one that becomes one namespace or several. The body is the file itself.
import { fileFormats, importFile } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'

const closed = { additionalProperties: false } as const
const Slug = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' })
const Format = Type.Union(
  fileFormats.map((format) => Type.Literal(format)),
  { description: 'Left out, the media type tells it, or the file. `directory`: a JSON list of {name, text}.' },
)

const formats: Readonly<Record<string, 'yaml' | 'json' | 'properties' | 'toml'>> = {
  'text/yaml': 'yaml',
  'text/x-yaml': 'yaml',
  'application/yaml': 'yaml',
  'application/x-yaml': 'yaml',
  'application/json': 'json',
  'application/x-java-properties': 'properties',
  'text/x-java-properties': 'properties',
  'application/toml': 'toml',
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
    'Manifests, or plain files that become namespaces: their types are inferred, their profiles become environments. Also ConfigMaps, dumps of Consul and etcd, and directories of Spring Cloud Config. The same import again changes nothing. Beyond 10,000 changes it takes several commits.',
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
      prefix: Type.Optional(
        Type.String({ maxLength: 500, description: 'Of dumps of Consul and etcd: cut off the front of every path.' }),
      ),
      entries: Type.Optional(
        Type.Union([Type.Literal('files'), Type.Literal('text')], {
          description: 'Entries of a ConfigMap that are whole files: read as files, or kept as text.',
        }),
      ),
      profileAs: Type.Optional(
        Type.Union([Type.Literal('environment'), Type.Literal('namespace')], {
          description: 'What the profile of a file in a directory becomes; environment if left out.',
        }),
      ),
      profiles: Type.Optional(
        Type.String({
          maxLength: 1000,
          description: 'Profiles of a directory that no pair of files shows, with commas.',
        }),
      ),
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
      notes: Type.Array(Type.String(), { description: 'What each file of a directory was taken for, and the like.' }),
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
    body: await importFile(context, {
      ...query,
      text: body,
      format: query.format ?? formats[mediaType ?? ''],
      profiles: query.profiles?.split(',').filter((name) => name !== ''),
    }),
  }),
})
