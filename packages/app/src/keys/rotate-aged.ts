// Rotates the keys that are older than an installation wants them: one node takes a round over all logs, and one that is killed leaves the rest to
// the next. Promise: a key that is young enough is left alone, however many nodes there are.
import type { LogId, Millis } from '@konfig/core'
import type { App } from '../app.ts'
import { claimRound, finishRound } from '../rounds.ts'
import { rotateLog } from './rotate.ts'
import type { KeyLog } from './view.ts'

const round = 'keys'
const dayMillis: Millis = 24 * 3600 * 1000

/** Answers how many; undefined where another node is at it, or was not long ago. What fails with one log goes to `app.onError` and waits for the next round. */
export const rotateAged = async (app: App, days: number, signal?: AbortSignal): Promise<number | undefined> => {
  if (app.keyStore.away() !== undefined || !(await claimRound(app, round))) return undefined
  let rotated = 0
  const each = async (log: KeyLog, id: LogId): Promise<void> => {
    if (signal?.aborted === true) return
    try {
      const versions = await app.rings.versions(id)
      const newest = versions === undefined || versions === 'destroyed' ? undefined : versions.at(-1)
      if (newest === undefined || newest.createdAt > app.ports.now() - days * dayMillis) return
      const wanted = app.logs.held(id) !== undefined
      await rotateLog(app, { log, id, actor: 'system' })
      rotated += 1
      // Where nobody had asked for it, it need not stay in memory.
      if (!wanted) app.logs.forget(id)
    } catch (reason) {
      app.onError(reason)
    }
  }
  for await (const { standing, config, access } of app.directory.every()) {
    if (signal?.aborted === true) return rotated
    if (standing !== 'active') continue
    await each('config', config)
    await each('access', access)
  }
  await each('config', app.platform.log)
  await each('access', app.platformAccess)
  if (signal?.aborted !== true) await finishRound(app, round)
  return rotated
}
