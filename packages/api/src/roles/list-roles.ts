// Lists roles, the fixed ones among them.
import { listRoles } from '@konfig/app'
import Type from 'typebox'
import { closed, pageOf, pageQuery, pageShape, sendPage } from '../configs/shapes.ts'
import { operation } from '../operation.ts'
import { HeldPermission, RoleShape } from './shapes.ts'

export const getRoles = operation({
  route: 'GET /roles',
  summary: 'List roles',
  tag: 'Roles',
  guard: 'role:write',
  side: 'tenant',
  query: Type.Object(
    { ...pageQuery, fixed: Type.Optional(Type.Boolean()), permission: Type.Optional(HeldPermission) },
    closed,
  ),
  answer: pageShape(RoleShape),
  refuses: ['denied', 'malformed_request'],
  example: { query: { permission: 'config:write' } },
  run: async (context, { query }) => {
    const { fixed, permission } = query
    return sendPage(await listRoles(context, { ...pageOf(query, { fixed }), permission }), '/roles', query)
  },
})
