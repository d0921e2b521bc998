// A consumer of configuration: who owns it, and the ordered namespaces that it reads.
import Type from 'typebox'
import { failure } from '../errors/failure.ts'
import { type JsonObject, textsOf } from '../values/json-value.ts'
import { closed, DisplayName, Email, kind, Slug, Text } from './kind.ts'

const namespacesOf = (body: JsonObject): readonly string[] => textsOf(body['namespaces'])

export const application = kind({
  kind: 'application',
  group: 'configuration',
  sides: ['tenant'],
  permission: 'config:write',
  body: Type.Object(
    {
      displayName: Type.Optional(DisplayName),
      description: Type.Optional(Text),
      owner: Type.Optional(Type.String({ maxLength: 200 })),
      contactEmail: Type.Optional(Email),
      namespaces: Type.Array(Slug, { maxItems: 100, uniqueItems: true }),
    },
    closed,
  ),
  references: (body) => namespacesOf(body).map((name) => `namespace/${name}`),
  check: (change, { after, platform }) =>
    change.op === 'delete'
      ? []
      : namespacesOf(change.body).flatMap((name, index) =>
          after.get('namespace', name) === undefined && platform.get('namespace', name) === undefined
            ? [failure('target_unknown', { pointer: `/spec/namespaces/${index}`, kind: 'namespace', name })]
            : [],
        ),
})
