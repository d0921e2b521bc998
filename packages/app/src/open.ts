// Puts an installation together: opens what is there, or makes it on the first start. Owns the order of opening; no rule of the domain.
import { createHmac, hkdfSync } from 'node:crypto'
import { failure, KonfigError, type LogId, type Millis } from '@konfig/core'
import {
  type Cache,
  type Channel,
  type Journal,
  type Keeping,
  localKeyStore,
  type MasterKey,
  openInstallation,
  openKeyRings,
  openLog,
  type PreviousMaster,
  type Records,
  type SealedLog,
  sealedRecords,
  signingOf,
} from '@konfig/journal'
import { LRUCache } from 'lru-cache'
import type { AccessEvent, App, AppOptions } from './app.ts'
import { inJournal, openDirectory } from './directory.ts'
import { refuseLacking } from './keys/lacking.ts'
import { cachedLoading } from './logs/cached-load.ts'
import { refusingEnded } from './logs/ended.ts'
import { openLogs } from './logs/logs.ts'
import { openPastStates } from './logs/past.ts'
import { openTurns } from './logs/turns.ts'
import { openPlaces, type OpenStore } from './places/places.ts'
import { openNodes } from './nodes/nodes.ts'
import { ringingJournal } from './nodes/ringing-journal.ts'
import type { Ports } from './ports.ts'
import { openAnswerCache } from './values/cache.ts'
import { openPastAnswers } from './values/past-answers.ts'
import { openUsage } from './usage.ts'

export interface OpenOptions {
  readonly journal: Journal
  readonly records: Records
  /** Journals beside that one, by the names that tenants are given: each is opened while the others serve. */
  readonly elsewhere?: ReadonlyMap<string, OpenStore> | undefined
  readonly master: MasterKey
  /** The master key that `master` takes over from, where some keys may still be wrapped under it. */
  readonly previous?: PreviousMaster | undefined
  /** What of the opened keys is kept while the key store is away; nothing, and it never is, if it is left out. */
  readonly keeping?: Keeping | undefined
  readonly ports: Ports
  readonly options: AppOptions
  /** Bytes of tenants' states in memory, estimated. */
  readonly stateBytes: number
  readonly pastBytes: number
  /** Bytes of resolved answers that are kept ready; 512 MiB if it is left out. */
  readonly answerBytes?: number
  /** To the other nodes of the installation, beside the journal. */
  readonly channel?: Channel | undefined
  /** Where nodes leave for each other what they loaded, as it was sealed. */
  readonly cache?: Cache | undefined
  readonly onError: (reason: unknown) => void
}

/** Which logs are the platform's; one record of the installation. */
interface Platform {
  readonly config: LogId
  readonly access: LogId
  readonly madeAt: Millis
}

export interface OpenedApp {
  readonly app: App
  /** True where the installation was made just now. */
  readonly fresh: boolean
  readonly close: () => Promise<void>
}

const isMoved = (reason: unknown): boolean => reason instanceof KonfigError && reason.failure.code === 'moved_away'

/** Rejects with `installation_moved`, `key_wrong` where the master key is not this installation's, `master_key_missing` where it opens only a part, `unavailable`, `journal_corrupt`. */
export const openApp = async (given: OpenOptions): Promise<OpenedApp> => {
  const { ports, onError } = given
  const installation = await openInstallation(given.records, given.master, given.previous, given.keeping)
  const records = sealedRecords(given.records, installation)
  await refuseLacking({
    stored: given.records,
    records,
    installation,
    rings: openKeyRings(records, installation, ports),
  })
  const places = await openPlaces({
    main: { journal: given.journal, records: given.records },
    elsewhere: given.elsewhere ?? new Map(),
    installation,
    clock: ports,
    onError,
  })
  const { rings } = places
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', installation.key, new Uint8Array(0), `konfig ${purpose}`, 32))
  const hashKey = derive('keyed hash')
  const keyedHash = (text: string): string => createHmac('sha256', hashKey).update(text).digest('base64url')
  let platformLogs = (await records.get<Platform>('platform', 'logs'))?.value
  const fresh = platformLogs === undefined
  if (platformLogs === undefined) {
    const made: Platform = { config: ports.newId(), access: ports.newId(), madeAt: ports.now() }
    await rings.create(made.config)
    await rings.create(made.access)
    await records.put('platform', 'logs', undefined, made)
    // Another node may have been first: what is stored counts.
    platformLogs = (await records.get<Platform>('platform', 'logs'))?.value ?? made
  }
  const { config } = platformLogs
  // One that was restored has the same key and other logs.
  const nodes = openNodes(given.channel, (text) => keyedHash(`${config} ${text}`), ports.newId())
  const journal = ringingJournal(places.journal, nodes)
  const directory = openDirectory(records, places.suppose)

  const cached =
    given.cache === undefined
      ? undefined
      : cachedLoading(journal, given.cache, (log) => `konfig.log.${keyedHash(`cache ${log}`)}`)
  /** The same log over another journal. */
  const through = new WeakMap<SealedLog, (journal: Journal) => SealedLog>()
  const opened = new LRUCache<LogId, Promise<SealedLog>>({ max: 50_000 })
  const open = (log: LogId): Promise<SealedLog> => {
    const known = opened.get(log)
    if (known !== undefined) return known
    const opening = rings.load(log).then((ring) => {
      if (ring === undefined || ring === 'destroyed') {
        directory.forget(log)
        throw new KonfigError(failure('log_erased'))
      }
      const sealed = refusingEnded(openLog(journal, rings, ring))
      through.set(sealed, (other) => refusingEnded(openLog(other, rings, ring)))
      return sealed
    })
    opened.set(log, opening)
    opening.catch(() => opened.delete(log))
    return opening
  }

  const turns = openTurns()
  const logs = openLogs({
    journal,
    ports,
    turns,
    open,
    load:
      cached === undefined
        ? undefined
        : (log, sealed) => cached.load(log, (other) => through.get(sealed)?.(other) ?? sealed, onError),
    maximumBytes: given.stateBytes,
    pinned: () => (platformLogs === undefined ? [] : [platformLogs.config, platformLogs.access]),
    whereabouts: places,
    erased: (log) => {
      forgetLog(log)
      forgetUsage(log).catch(onError)
    },
    onError,
  })
  // Whatever an installation was moved to, its nodes are to be started there.
  const platform = await logs.hold(platformLogs.config).catch((reason: unknown) => {
    throw isMoved(reason)
      ? new KonfigError(failure('installation_moved', { where: 'another journal' }), { cause: reason })
      : reason
  })

  const record = async (log: LogId, event: AccessEvent): Promise<void> => {
    const held = await logs.hold(log)
    await held.write({
      actor: event.actor,
      origin: { type: 'access', ...(event.request === undefined ? {} : { request: event.request }) },
      decide: () => ({
        ok: true,
        value: {
          changes: [],
          platform: 0,
          answer: undefined,
          note: {
            type: event.type,
            ...(event.resource === undefined ? {} : { resource: event.resource }),
            ...(event.data === undefined ? {} : { data: event.data }),
          },
        },
      }),
    })
  }

  const recording = new Set<Promise<void>>()
  const recordAccess = (log: LogId, event: AccessEvent): Promise<void> => {
    const recorded = record(log, event)
    recording.add(recorded)
    const forget = (): void => {
      recording.delete(recorded)
    }
    recorded.then(forget, forget)
    return recorded
  }

  const past = openPastStates(given.pastBytes)
  const answers = openAnswerCache(given.answerBytes)
  const pastAnswers = openPastAnswers(given.pastBytes / 4)
  /** Nothing of it stays in the memory of this node, nor in what nodes share. */
  const forgetLog = (log: LogId): void => {
    logs.forget(log)
    opened.delete(log)
    cached?.forget(log)
    directory.forget(log)
    for (const kept of [past, answers, pastAnswers]) kept.forget(log)
  }

  const usage = openUsage(records, ports.now)
  /** What this node has counted for a tenant that another has erased, and would write yet. */
  const forgetUsage = async (log: LogId): Promise<void> => {
    const tenant = directory.ofLog(log)
    const entry = tenant === undefined ? undefined : await directory.entry(tenant.name)
    if (entry?.value.standing === 'closed' && entry.value.config === log) await usage.forget(entry.value.id)
  }

  const app: App = {
    ports,
    options: given.options,
    journal,
    records,
    logs,
    turns,
    past,
    answers,
    pastAnswers,
    directory,
    places,
    platform,
    platformAccess: platformLogs.access,
    rings,
    keyStore: given.keeping?.keyStore ?? localKeyStore,
    keptKeys: () => given.keeping?.keeper.count() ?? 0,
    usage,
    createLog: async (log, journalName) => {
      places.suppose(log, journalName)
      await rings.create(log)
    },
    eraseLog: async (log) => {
      forgetLog(log)
      await places.erase(log)
      forgetLog(log)
    },
    forgetLog,
    signing: signingOf(installation),
    recordAccess,
    keyedHash,
    nodes,
    tokenKey: derive('access tokens'),
    onError,
  }
  // The directory says it sooner or later by whoever moved the log; who finds it moved says it too, should that one not have come so far.
  places.onFollow((log, name) => {
    const tenant = directory.ofLog(log)
    if (tenant === undefined) return
    directory.update(tenant.name, (entry) => (entry.config === log ? inJournal(entry, name) : entry)).catch(onError)
  })
  logs.start()
  return {
    app,
    fresh,
    close: async () => {
      // What nobody waits for is still on its way to the journal, which closes next: an audit does not end a moment early.
      while (recording.size > 0) await Promise.allSettled(recording)
      await logs.stop()
    },
  }
}
