// Shows what a tenant has used of its plan.
import { readUsage } from '@konfig/app'
import Type from 'typebox'
import { closed, orNull } from '../identity/shapes.ts'
import { operation } from '../operation.ts'

const Counted = Type.Object({ used: Type.Integer(), limit: orNull(Type.Integer()) }, closed)

export const getUsage = operation({
  route: 'GET /usage',
  summary: 'Show usage',
  description: "This month's requests, members and keys, each beside the plan's limit; null is no limit of the plan's.",
  tag: 'Audit',
  guard: 'audit:read',
  side: 'tenant',
  answer: Type.Object(
    {
      month: Type.String(),
      plan: orNull(Type.String()),
      requests: Counted,
      members: Counted,
      keys: Counted,
      requestsPerMinute: orNull(Type.Integer()),
    },
    closed,
  ),
  refuses: ['denied'],
  example: {},
  run: async (context) => ({ body: await readUsage(context) }),
})
