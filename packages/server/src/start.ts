// Starts a node from its options: storage, master key, installation, HTTP, first run; and stops it in the reverse order.
// Owns the order; which backends there are is the caller's to say.
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Server as HttpServer } from 'node:http'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import {
  bootstrapPlatform,
  closeIdentity,
  openApp,
  type OpenOptions,
  openSign,
  openWalk,
  type OpenedApp,
  type Ports,
  signMillis,
  sweepReservations,
} from '@konfig/app'
import { type Cache, type Channel, joinChannels } from '@konfig/journal'
import { tendAudit } from './audit/tend.ts'
import { openDataFolder } from './data-folder.ts'
import { explain } from './explain.ts'
import { firstRun } from './first-run/first-run.ts'
import { openBackground } from './log/background.ts'
import { factsOf, type ServerLog } from './log/server-log.ts'
import { findMaster, type KeyStores, previousFrom } from './keys/find.ts'
import { tendKeys, watchStore } from './keys/tend.ts'
import type { Options } from './options.ts'
import { openServer, type Server, type TlsFiles } from './server.ts'
import { StartError } from './start-error.ts'
import { openElsewhere } from './storage/elsewhere.ts'
import { type Adapters, openPlace, type Storage } from './storage/open.ts'
import { version } from './version.ts'
import type { Worker } from './workers/worker.ts'

export type { Adapter, Adapters } from './storage/open.ts'

/** Where nodes meet beside the journal. Opened at once, also while it is away, and closed with its channel. */
export interface Meeting {
  readonly channel: Channel
  readonly cache: Cache
}

/** All that an option can name. */
export interface Parts {
  readonly adapters: Adapters
  readonly keyStores: KeyStores
  readonly meet?: (url: string) => Promise<Meeting>
  /** Says something to people at the terminal. */
  readonly complain?: (text: string) => void
}

export interface Running {
  readonly url: string
  readonly server: Server
  readonly stop: () => Promise<void>
  readonly reloadTls: () => Promise<void>
}

const sweepMillis = 60_000
/** One log each time: what loading did not verify is verified in the background. */
const walkMillis = 5 * 60_000
/** A journal beside the main one that a person must put right is tried again after so long. */
const againMillis = 30_000
/** So long a node waits for the journals beside the main one before it listens. */
const patienceMillis = 5_000

export const ports: Ports = { now: Date.now, newId: randomUUID, randomBytes: (count) => randomBytes(count) }

const readTls = async (tls: NonNullable<Options['tls']>): Promise<TlsFiles> => {
  try {
    return { cert: await readFile(tls.cert), key: await readFile(tls.key) }
  } catch (reason) {
    throw new StartError('The files of KONFIG_TLS_CERT and KONFIG_TLS_KEY cannot be read.', { cause: reason })
  }
}

const openInstallation = async (
  options: Options,
  storage: Storage,
  log: ServerLog,
  existed: boolean,
  stores: KeyStores,
  between: Pick<OpenOptions, 'channel' | 'cache' | 'onError'>,
): Promise<OpenedApp & { readonly made: string | undefined }> => {
  const { adapter, location } = options.journal
  const found = await findMaster(
    options.master,
    storage.records,
    adapter === 'sqlite' ? { path: location, existed } : undefined,
    stores,
  )
  const { master, keeping } = await watchStore(options, found.master, ports)
  const opened = await openApp({
    ...storage,
    master,
    keeping,
    previous: previousFrom(options, () => Promise.resolve(storage.records), stores),
    ports,
    options: {
      registration: options.registration,
      apiKeyCost: options.apiKeyCost,
      accessTokenSeconds: options.accessTokenSeconds,
      refreshTokenDays: options.refreshTokenDays,
      backupDays: options.backupDays,
      accessLogDays: options.auditDays,
    },
    stateBytes: options.stateBytes,
    pastBytes: options.pastBytes,
    answerBytes: options.answerBytes,
    ...between,
  })
  return { ...opened, made: found.made }
}

/**
 * Throws `StartError` for what a person can put right. `print` is for what people read at the terminal, beside the server log.
 * As one of several workers only the first makes what an installation has once.
 */
export const start = async (
  options: Options,
  { adapters, keyStores, meet, complain = () => undefined }: Parts,
  log: ServerLog,
  print: (text: string) => void,
  worker?: Worker,
): Promise<Running> => {
  await openDataFolder(options.data)
  const tls = options.tls === undefined ? undefined : await readTls(options.tls)
  const existed = options.journal.adapter === 'sqlite' && existsSync(options.journal.location)
  const elsewhere = openElsewhere(options, { adapters, log, complain, again: againMillis })
  const main = await openPlace(options.journal, adapters, log).catch((reason: unknown) => {
    throw explain(reason, options)
  })
  const storage: Storage = { ...main, elsewhere: elsewhere.stores }
  const closing: (() => Promise<void>)[] = [
    () => storage.records.close(),
    () => storage.journal.close(),
    elsewhere.close,
  ]
  const background = openBackground(log, storage.journal.health)
  closing.push(async () => background.close())
  const unwind = async (): Promise<void> => {
    for (const close of closing.toReversed())
      await close().catch((reason: unknown) => log.error('Stopping did not end cleanly', factsOf(reason)))
  }

  try {
    const meeting = options.redis === undefined ? undefined : await meet?.(options.redis)
    if (meeting !== undefined) closing.push(meeting.channel.close)
    const channel = joinChannels([worker?.channel, meeting?.channel].filter((each) => each !== undefined))
    const { app, close, made } = await openInstallation(options, storage, log, existed, keyStores, {
      channel,
      cache: meeting?.cache,
      onError: background.failed,
    })
    // Taken back last of all that it does: until then it may write.
    const sign = openSign(app, `${hostname()}, process ${process.pid}`)
    await sign.give().catch(app.onError)
    const signing = setInterval(() => {
      sign.give().catch(app.onError)
    }, signMillis)
    signing.unref()
    closing.push(
      sign.end,
      async () => clearInterval(signing),
      close,
      () => closeIdentity(app),
    )
    if (made !== undefined)
      print(`Made a master key: ${made} (mode 0600). Whoever loses it loses the data; keep a copy elsewhere.`)
    await bootstrapPlatform(app)
    // A journal that is there shall not be missed by the first requests; one that is away is not waited for.
    await Promise.race([app.places.opened().catch(() => undefined), wait(patienceMillis, undefined, { ref: false })])

    const server = await openServer(app, log, {
      limits: {
        globalPerMinute: options.globalPerMinute,
        signInPerMinute: options.signInPerMinute,
        machine: worker === undefined ? undefined : `${hostname()} ${process.ppid}`,
      },
      corsOrigins: options.corsOrigins,
      trusted: options.trusted,
      tls,
      accessLog: options.accessLog,
      metrics:
        options.metricsToken !== undefined
          ? { mode: 'token', token: options.metricsToken }
          : { mode: options.embedded ? 'open-on-loopback' : 'closed' },
      metricsOfAll: worker?.metricsOfAll,
      streams: { heartbeatMillis: options.streamHeartbeatSeconds * 1000 },
      docs: true,
      version,
    })
    closing.push(() => server.stop(options.drainSeconds * 1000))

    let metricsListener: HttpServer | undefined
    if (options.metricsPort !== undefined) {
      metricsListener = await server.listenForMetrics(options.host, options.metricsPort)
      closing.push(async () => {
        metricsListener?.closeAllConnections()
        metricsListener?.close()
      })
    }

    const port = await server.listen(options.host, options.port).catch((reason: unknown) => {
      throw new StartError(
        `Port ${options.port} of ${options.host} cannot be taken (${reason instanceof Error && 'code' in reason ? String(reason.code) : 'unknown'}): is another server running there? Choose one with PORT=, or KONFIG_PORT.`,
        { cause: reason },
      )
    })
    const host =
      options.host === '0.0.0.0' || options.host === '::'
        ? 'localhost'
        : options.host.includes(':')
          ? `[${options.host}]`
          : options.host
    const url = `${tls === undefined ? 'http' : 'https'}://${host}:${port}`

    const endTending = tendKeys(app, options, log)
    const sweep = setInterval(() => {
      Promise.all([sweepReservations(app), app.records.sweep()]).catch(app.onError)
    }, sweepMillis)
    sweep.unref()
    closing.push(async () => endTending())
    closing.push(tendAudit(app, log))
    const walk = openWalk(app)
    const walking = setInterval(() => {
      walk.step().catch(app.onError)
    }, walkMillis)
    walking.unref()
    closing.push(async () => clearInterval(walking))
    closing.push(async () => clearInterval(sweep))

    if (worker?.first !== false) await firstRun({ app, server, options, url, print })
    server.ready()
    log.info('Listening', { url, version, journal: options.journal.adapter, embedded: options.embedded })
    return {
      url,
      server,
      stop: async () => {
        server.beginStop()
        await wait(options.leaveSeconds * 1000)
        await unwind()
      },
      reloadTls: async () => {
        if (options.tls !== undefined) server.reloadTls(await readTls(options.tls))
      },
    }
  } catch (reason) {
    await unwind()
    throw explain(reason, options)
  }
}
