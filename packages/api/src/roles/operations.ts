// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { postRole } from './create-role.ts'
import { deleteOneRole } from './delete-role.ts'
import { getRoles } from './list-roles.ts'
import { putOneRole } from './put-role.ts'
import { getRole } from './read-role.ts'

export const roleOperations: readonly Operation[] = [getRoles, postRole, getRole, putOneRole, deleteOneRole]
