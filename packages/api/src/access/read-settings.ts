// Shows a tenant's settings.
import { readSettings } from '@konfig/app'
import { operation } from '../operation.ts'
import { Settings, tagged } from './settings.ts'

export const getSettings = operation({
  route: 'GET /settings',
  summary: 'Show settings',
  tag: 'Settings',
  guard: 'config:read',
  side: 'tenant',
  answer: Settings,
  refuses: ['denied'],
  example: {},
  run: async (context) => tagged(readSettings(context)),
})
