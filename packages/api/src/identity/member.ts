// The shape in which members are shown.
import Type from 'typebox'
import { closed, orNull, Time } from './shapes.ts'

export const MemberView = Type.Object(
  {
    id: Type.String({ description: "The user's id." }),
    email: orNull(Type.String()),
    displayName: orNull(Type.String()),
    roles: Type.Array(Type.String()),
    version: Type.Integer(),
    createdAt: Time,
    updatedAt: Time,
  },
  closed,
)
