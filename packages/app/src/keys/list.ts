// Lists the versions of the keys that the logs of one side are sealed with.
import { check, type Context } from '../context.ts'
import { logsOf } from './logs-of.ts'
import { keyLogs, type KeyView, keyViews } from './view.ts'

/** Rejects with `denied`, `unavailable`. */
export const listKeys = async (context: Context): Promise<{ readonly items: readonly KeyView[] }> => {
  check(context, 'audit:read')
  const logs = logsOf(context)
  const views = await Promise.all(keyLogs.map((log) => keyViews(context.app, log, logs[log])))
  return { items: views.flat() }
}
