// The two logs of the side that a request is about.
import { accessLogOf } from '../audit/log.ts'
import type { Context } from '../context.ts'
import type { LogsOf } from './view.ts'

export const logsOf = (context: Pick<Context, 'app' | 'side' | 'tenant' | 'log'>): LogsOf => ({
  config: context.log.log,
  access: accessLogOf(context),
})
