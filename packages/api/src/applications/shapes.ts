// The shapes that routes of applications have in common.
import Type from 'typebox'
import { closed, ConfigShape, Name, resourceFields } from '../configs/shapes.ts'

export const ApplicationPath = Type.Object({ id: Name }, closed)

const Namespaces = Type.Array(Type.String({ maxLength: 63 }), {
  maxItems: 100,
  uniqueItems: true,
  description: 'In the order in which they are read: later ones win.',
})

/** What a writer gives; the kind says what each must look like. */
export const applicationFields = {
  displayName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  description: Type.Optional(Type.String({ maxLength: 4000 })),
  owner: Type.Optional(Type.String({ maxLength: 200, description: 'Who answers for it: a team or a person.' })),
  contactEmail: Type.Optional(Type.String({ maxLength: 254 })),
  namespaces: Type.Optional(Namespaces),
}

export const ApplicationShape = Type.Object(
  { name: Type.String(), ...applicationFields, namespaces: Namespaces, ...resourceFields },
  closed,
)

export const ApplicationConfigShape = Type.Object(
  {
    ...ConfigShape.properties,
    position: Type.Integer({ minimum: 1, description: "Which of the application's namespaces it is in, from 1." }),
    wins: Type.Boolean({ description: 'Its value is what the application reads wherever it has one.' }),
    shadowedBy: Type.Optional(
      Type.String({ description: 'The namespace whose key of the same name wins wherever that has a value.' }),
    ),
  },
  closed,
)
