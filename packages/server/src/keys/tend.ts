// What a node does about the store of its master key: watches it, keeps what it has opened for a while, says when it goes and when it is back.
import { type App, rotateAged, warmKeys } from '@konfig/app'
import { type Clock, type Keeping, type MasterKey, openKeeper, watchMaster } from '@konfig/journal'
import { openTrust } from '../audit/tend.ts'
import type { ServerLog } from '../log/server-log.ts'
import type { Options } from '../options.ts'

const hourMillis = 3_600_000
const probeMillis = 10_000
/** Whether it is time is asked this often; a round is taken far more seldom, by one node of all. */
const rotateMillis = 15 * 60_000

/** A master key that lives in this process is never away, and nothing is kept. Rejects as its store does. */
export const watchStore = async (
  { master: source, keyCacheHours }: Pick<Options, 'master' | 'keyCacheHours'>,
  found: MasterKey,
  clock: Clock,
): Promise<{ readonly master: MasterKey; readonly keeping: Keeping | undefined }> => {
  if (source.from !== 'vault' && source.from !== 'kms') return { master: found, keeping: undefined }
  const { master, keyStore } = await watchMaster(found, clock)
  return { master, keeping: { keyStore, keeper: openKeeper({ clock, millis: keyCacheHours * hourMillis }) } }
}

/** Answers how to end it. */
export const tendKeys = (
  app: App,
  options: Pick<Options, 'master' | 'keyCacheHours' | 'rotateDays'>,
  log: ServerLog,
  trusted: () => boolean = openTrust(),
): (() => void) => {
  const ending = new AbortController()
  const rotate = async (): Promise<void> => {
    // A clock that jumped ahead would make every key look old.
    const rotated = trusted() ? await rotateAged(app, options.rotateDays, ending.signal) : undefined
    if (rotated !== undefined && rotated > 0) log.info('Keys were rotated', { logs: rotated })
  }
  const rotating =
    options.rotateDays === 0 ? undefined : setInterval(() => void rotate().catch(app.onError), rotateMillis)
  rotating?.unref()
  const endWatch = watchAway(app, options, log, ending.signal)
  return () => {
    ending.abort()
    clearInterval(rotating)
    endWatch()
  }
}

const watchAway = (
  app: App,
  { master: { from }, keyCacheHours }: Pick<Options, 'master' | 'keyCacheHours'>,
  log: ServerLog,
  signal: AbortSignal,
): (() => void) => {
  if (from !== 'vault' && from !== 'kms') return () => undefined
  let said = false
  const probe = async (): Promise<void> => {
    await app.keyStore.probe()
    const away = app.keyStore.away()
    if ((away !== undefined) === said) return
    said = away !== undefined
    if (away === undefined) log.info('The key store is back')
    else log.warn('The key store is away; what is in memory is served', { refuses: away.refuses, kept: app.keptKeys() })
  }
  const probing = setInterval(() => void probe(), probeMillis)
  probing.unref()
  const warm = (): void => {
    warmKeys(app, signal).catch(app.onError)
  }
  // Again before what was kept is too old.
  const warming = keyCacheHours === 0 ? undefined : setInterval(warm, (keyCacheHours * hourMillis) / 4)
  warming?.unref()
  if (keyCacheHours > 0) warm()
  return () => {
    clearInterval(probing)
    clearInterval(warming)
  }
}
