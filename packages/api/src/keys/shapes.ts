// How the versions of a log's key look in the routes.
import Type from 'typebox'
import { closed, Time } from '../identity/shapes.ts'

export const KeyLog = Type.Union([Type.Literal('config'), Type.Literal('access')], {
  description: 'The log that the key seals: configuration, or the access log',
})

export const KeyVersions = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          log: KeyLog,
          version: Type.Integer({ minimum: 1 }),
          createdAt: Time,
          newest: Type.Boolean({
            description: 'New commits are sealed with it; the others are there to read older ones.',
          }),
        },
        closed,
      ),
    ),
  },
  closed,
)

export const RotateQuery = Type.Object({ log: Type.Optional(KeyLog) }, closed)
