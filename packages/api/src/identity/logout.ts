// Ends the caller's session.
import { logout } from '@konfig/app'
import { operation } from '../operation.ts'
import { Nothing } from './shapes.ts'

export const postLogout = operation({
  route: 'POST /auth/logout',
  summary: 'Log out',
  description: 'Ends the session; its tokens are refused from the next request on.',
  tag: 'Authentication',
  guard: 'signed-in',
  side: 'platform',
  answer: Nothing,
  status: 204,
  refuses: ['unauthenticated', 'denied'],
  example: {},
  run: async (context) => {
    await logout(context)
    return { body: null }
  },
})
