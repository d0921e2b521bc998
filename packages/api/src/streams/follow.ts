// GET /stream: resolved values, followed as they change.
import { followValues } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { Environment } from '../values/answer.ts'

const Values = Type.Record(Type.String(), Type.Unknown())

/** What the events hold; each is one line of JSON. */
const Events = Type.Union([
  Type.Object(
    {
      environment: Type.String(),
      application: Type.Optional(Type.String()),
      log: Type.String({ description: 'What points belong to; to be sent back as `log` or Konfig-Log.' }),
      values: Values,
    },
    { title: 'sync', description: 'All values. They take the place of whatever the client held.' },
  ),
  Type.Object(
    {
      changed: Values,
      removed: Type.Union([Type.Record(Type.String(), Type.Array(Type.String())), Type.Array(Type.String())]),
    },
    { title: 'change', description: 'Values that are new or different, and keys that have no value any more.' },
  ),
  Type.Object(
    { reason: Type.String() },
    {
      title: 'revoked',
      description: 'The stream ends; the reason is the code that asking again would be refused with.',
    },
  ),
])

export const followStream = operation({
  route: 'GET /stream',
  summary: 'Follow resolved values',
  description:
    'Server-sent events. `sync` holds all values, `change` what is different since, `revoked` ends the stream. `id` is the point; a heartbeat is an id alone. Several namespaces are named in one parameter with commas between them: `namespace=billing,search`; without namespace and application it is all that the caller may see. Last-Event-ID together with `log` (or the header Konfig-Log) goes on where a stream was cut, within five minutes with `change`, else with `sync`. Changes that leave a value equal are not told, and several may come as one.',
  tag: 'Values',
  guard: 'value:read',
  side: 'tenant',
  place: ({ query: { environment } }) => (environment === undefined ? {} : { environments: [environment] }),
  query: Type.Object(
    {
      environment: Type.Optional(Environment),
      namespace: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 63 }), {
          minItems: 1,
          maxItems: 100,
          description: 'Names or ids, with commas between them.',
        }),
      ),
      application: Type.Optional(Type.String({ maxLength: 63 })),
      log: Type.Optional(Type.String({ maxLength: 128, description: 'The Konfig-Log that Last-Event-ID belongs to.' })),
      lastEventId: Type.Optional(
        Type.String({ maxLength: 64, description: 'For clients that cannot send the header Last-Event-ID.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: Events,
  streams: true,
  refuses: ['denied', 'environment_required', 'resource_not_found', 'too_large', 'malformed_request', 'limit_reached'],
  example: { query: { environment: 'production', namespace: 'billing' } },
  run: async (context, { query, resume }) => {
    const { environment, namespace, application, log, lastEventId } = query
    const id = resume?.id ?? lastEventId
    return {
      body: undefined as never,
      stream: await followValues(context, {
        environment,
        namespaces: namespace,
        application,
        resume: id === undefined ? undefined : { id, log: resume?.log ?? log },
      }),
    }
  },
})
