// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { postAccept } from './accept.ts'
import { postToken } from './act.ts'
import { patchMember } from './change-member.ts'
import { putPassword } from './change-password.ts'
import { postApiKey } from './create-api-key.ts'
import { postMember } from './invite-member.ts'
import { getApiKeys } from './list-api-keys.ts'
import { getMembers } from './list-members.ts'
import { postLogin } from './login.ts'
import { postLogout } from './logout.ts'
import { getMe } from './me.ts'
import { getApiKey } from './read-api-key.ts'
import { getMember } from './read-member.ts'
import { postRefresh } from './refresh.ts'
import { postRegister } from './register.ts'
import { deleteMember } from './remove-member.ts'
import { deleteSession } from './remove-session.ts'
import { deleteApiKey } from './revoke-api-key.ts'
import { getSessions } from './sessions.ts'

export const identityOperations: readonly Operation[] = [
  postRegister,
  postLogin,
  postRefresh,
  postLogout,
  postToken,
  getMe,
  putPassword,
  getSessions,
  deleteSession,
  postAccept,
  getMembers,
  postMember,
  getMember,
  patchMember,
  deleteMember,
  getApiKeys,
  postApiKey,
  getApiKey,
  deleteApiKey,
]
