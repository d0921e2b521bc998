// Which access log a request's events go to: its tenant's, else the platform's.
import type { LogId } from '@konfig/core'
import type { Context } from '../context.ts'

export const accessLogOf = ({ app, side, tenant }: Pick<Context, 'app' | 'side' | 'tenant'>): LogId =>
  side === 'tenant' && tenant !== undefined ? tenant.access : app.platformAccess
