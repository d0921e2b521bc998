// Makes an API key.
import { createApiKey } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { closed, Names, shownOnce } from './shapes.ts'

export const postApiKey = operation({
  route: 'POST /api-keys',
  summary: 'Make an API key',
  description:
    'The key is shown once. It can do no more than its maker; namespaces and environments narrow it, none named are all.',
  tag: 'API keys',
  guard: 'key:write',
  side: 'tenant',
  writes: true,
  body: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 63 }),
      role: Type.String({ minLength: 1, maxLength: 63 }),
      namespaces: Type.Optional(Names),
      environments: Type.Optional(Names),
      expiresAt: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339, a time to come.' })),
    },
    closed,
  ),
  bodyLimit: 65_536,
  answer: Type.Object(
    { id: Type.String(), key: Type.Optional(Type.String({ description: 'Left out of a dry run.' })) },
    closed,
  ),
  status: 201,
  refuses: [
    'denied',
    'grant_exceeds',
    'already_exists',
    'already_created',
    'target_unknown',
    'limit_reached',
    'name_invalid',
    'body_invalid',
  ],
  example: { body: { name: 'deploy', role: 'reader', namespaces: ['billing'], environments: ['production'] } },
  run: async (context, { body }) => {
    const { name, role, namespaces = [], environments = [], expiresAt } = body
    const made = await createApiKey(context, { name, role, namespaces, environments, expiresAt })
    return { body: made, headers: { ...shownOnce, location: `/api/v1/api-keys/${made.id}` } }
  },
})
