// The shape in which API keys are shown.
import Type from 'typebox'
import { closed, orNull, Time } from './shapes.ts'

export const ApiKeyView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    keyId: Type.String({ description: "The public part of the key's text." }),
    role: Type.String(),
    namespaces: Type.Array(Type.String(), { description: 'None: all.' }),
    environments: Type.Array(Type.String(), { description: 'None: all.' }),
    expiresAt: orNull(Time),
    expired: Type.Boolean(),
    version: Type.Integer(),
    createdAt: Time,
    createdBy: Type.String(),
  },
  closed,
)
