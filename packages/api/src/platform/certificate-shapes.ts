// The shape of a certificate of erasure.
import Type from 'typebox'
import { closed, Time } from '../identity/shapes.ts'

export const certificateFields = {
  certificate: Type.Object(
    {
      format: Type.Union([Type.Literal('konfig erasure certificate 2'), Type.Literal('konfig erasure certificate 1')]),
      tenant: Type.Object({ id: Type.String(), name: Type.String() }, closed),
      log: Type.Object(
        {
          id: Type.String(),
          revision: Type.Integer(),
          batches: Type.Integer(),
          hash: Type.String({ description: 'Of its chain, in hexadecimal: it verifies without the key.' }),
        },
        closed,
      ),
      keys: Type.Array(Type.Object({ version: Type.Integer(), createdAt: Time }, closed), {
        description: 'What was destroyed.',
      }),
      places: Type.Optional(
        Type.Array(
          Type.Object(
            {
              journal: Type.String(),
              id: Type.String({ description: 'Of that store, however it is reached.' }),
              key: Type.Union([Type.Literal('destroyed'), Type.Literal('left')], {
                description: '`left`: it was not reached, and still holds the key as it was sealed.',
              }),
              at: Type.Optional(Time),
            },
            closed,
          ),
          { description: 'Each place that the key is known to have been in. Format 1 does not say it.' },
        ),
      ),
      erasedAt: Time,
      erasedBy: Type.String(),
      request: Type.String(),
      accessLog: Type.String({ description: 'Has a key of its own, and stays until its time ends.' }),
      backups: Type.Object(
        { keptDays: Type.Integer(), until: Type.String({ description: 'Until then a backup may still hold it.' }) },
        closed,
      ),
    },
    closed,
  ),
  signature: Type.Object(
    {
      algorithm: Type.Literal('Ed25519'),
      key: Type.String({ description: 'Id of the public key.' }),
      publicKey: Type.String({ description: 'SPKI in PEM.' }),
      value: Type.String({ description: '64 bytes in base64.' }),
    },
    closed,
  ),
}
