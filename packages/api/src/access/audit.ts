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

export const VerifiedAudit = Type.Object(
  {
    ok: Type.Boolean(),
    logs: Type.Array(
      Type.Object(
        {
          log: Type.Union([Type.Literal('config'), Type.Literal('access')]),
          id: Type.String(),
          ok: Type.Boolean(),
          revision: Type.Integer({ description: 'The newest that is good, or the first that is not.' }),
          batches: orNull(Type.Integer()),
          reason: orNull(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
)
