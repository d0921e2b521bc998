// The shapes of the audit view, for either side.
import Type from 'typebox'
import { closed, orNull, pageOf, pageQuery, Time } from '../identity/shapes.ts'

export const AuditQuery = Type.Object(
  {
    type: Type.Optional(
      Type.String({ maxLength: 50, description: 'change, import, rollback …; login, login_failed, denied, export …' }),
    ),
    actor: Type.Optional(
      Type.String({ maxLength: 100, description: '`user:<id>`, `key:<id>`, `system`, or the id alone.' }),
    ),
    resource: Type.Optional(
      Type.String({ maxLength: 400, description: 'An id, a name, kind/name, namespace/key or kind/namespace/key.' }),
    ),
    from: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339, the oldest to list.' })),
    to: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339, the newest to list.' })),
    format: Type.Optional(
      Type.Union([Type.Literal('json'), Type.Literal('csv'), Type.Literal('syslog')], {
        description:
          'csv with one header on the first page; syslog as RFC 5424, one line each. `Link` names the next page.',
      }),
    ),
    ...pageQuery,
  },
  closed,
)

export const AuditPage = pageOf(
  Type.Object(
    {
      id: Type.String(),
      time: Time,
      log: Type.Union([Type.Literal('config'), Type.Literal('access')]),
      revision: Type.Integer({ description: 'In its own log.' }),
      type: Type.String(),
      actor: Type.Object({ id: Type.String(), name: orNull(Type.String()) }, closed),
      resource: orNull(Type.String({ description: 'What an access event was about.' })),
      resources: Type.Array(
        Type.Object(
          {
            kind: Type.String(),
            name: Type.String(),
            namespace: Type.Optional(Type.String()),
            environment: Type.Optional(Type.String()),
            op: Type.Union([Type.Literal('put'), Type.Literal('delete')]),
          },
          closed,
        ),
        { description: 'What a commit changed, the first hundred.' },
      ),
      changes: Type.Integer(),
      message: orNull(Type.String()),
      request: orNull(Type.String()),
      data: Type.Record(Type.String(), Type.Unknown()),
    },
    closed,
  ),
)

export const VerifyQuery = Type.Object(
  {
    heads: Type.Optional(
      Type.String({
        maxLength: 4000,
        description:
          'Lines that an earlier verification answered as `head`, with commas between: the logs must still reach them, unchanged.',
      }),
    ),
  },
  closed,
)

export const VerifiedAudit = Type.Object(
  {
    ok: Type.Boolean(),
    logs: Type.Array(
      Type.Object(
        {
          log: Type.Union([Type.Literal('config'), Type.Literal('access'), Type.Literal('gone')], {
            description: '`gone`: a head of it was kept, and it is none of the two that there are.',
          }),
          id: Type.String(),
          ok: Type.Boolean(),
          revision: Type.Integer({ description: 'The newest that is good, or the first that is not.' }),
          batches: orNull(Type.Integer()),
          reason: orNull(Type.String()),
          trimmed: orNull(
            Type.Object(
              { revision: Type.Integer({ description: 'All up to it went.' }), until: Time },
              {
                ...closed,
                description: 'What was cut away in front, as the checkpoint there says; null where all is there.',
              },
            ),
          ),
          head: orNull(
            Type.String({
              description: 'Where the log stands, signed: one line to keep elsewhere and to give back later.',
            }),
          ),
        },
        closed,
      ),
    ),
    publicKey: Type.Object(
      { id: Type.String(), pem: Type.String({ description: 'SPKI in PEM.' }) },
      { ...closed, description: 'The Ed25519 key with which the installation signs checkpoints and heads.' },
    ),
  },
  closed,
)
