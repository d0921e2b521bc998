// The logs that this node holds: loaded on first use, followed by polling and hints, let go when idle and memory is short.
// Owns which are in memory; knows nothing of what is in them.
import { failure, KonfigError, type LogId, type Millis } from '@konfig/core'
import type { Journal, SealedLog } from '@konfig/journal'
import type { Ports } from '../ports.ts'
import { type HeldLog, holdLog } from './held-log.ts'
import { openHints } from './hints.ts'
import { type Loaded, loadLog } from './load.ts'
import type { Turns } from './turns.ts'
import type { Whereabouts } from './whereabouts.ts'

export interface Logs {
  /** The log, loaded if it is not in memory; many who ask at once share one load. Rejects with `unavailable`, `journal_corrupt`, `log_erased`. */
  readonly hold: (log: LogId) => Promise<HeldLog>
  /** The log if it is in memory now. */
  readonly held: (log: LogId) => HeldLog | undefined
  /** Lets go of a log (it was erased, or its creation failed). */
  readonly forget: (log: LogId) => void
  readonly sealed: (log: LogId) => Promise<SealedLog>
  /** Reads what changed elsewhere, once. */
  readonly poll: () => Promise<void>
  readonly start: () => void
  readonly stop: () => Promise<void>
  readonly count: () => number
  /** Ids of the logs in memory. */
  readonly ids: () => readonly LogId[]
  /** Tells of every step that a log in memory makes, whoever wrote it; the listener must return soon and never throw. Answers how to stop. */
  readonly onMove: (listener: (log: LogId) => void) => () => void
  /** Tells of every log that is let go: what `held` answered for it must not be used any more. For listeners that live as long as this. */
  readonly onDrop: (listener: () => void) => void
}

export interface LogsOptions {
  readonly journal: Journal
  readonly ports: Ports
  readonly turns: Turns
  readonly open: (log: LogId) => Promise<SealedLog>
  /** How its state is brought into memory, where not from the journal alone. */
  readonly load?: ((log: LogId, sealed: SealedLog) => Promise<Loaded>) | undefined
  /** Most bytes of state in memory, estimated; the platform's log never goes. */
  readonly maximumBytes: number
  readonly pinned: () => readonly LogId[]
  readonly whereabouts?: Whereabouts
  /** Told of each log that turned out to be erased. */
  readonly erased?: (log: LogId) => void
  readonly onError: (reason: unknown) => void
}

interface Entry {
  readonly held: HeldLog
  usedAt: Millis
  bytes: number
}

const pollMillis = 500
const compareMillis = 5 * 60_000
const idleMillis = 60_000
/** A snapshot pays when loading the tail would cost more than loading it. */
const snapshotEvery = 1000
const bytesPerResource = 700

export const openLogs = (options: LogsOptions): Logs => {
  const { journal, ports } = options
  const entries = new Map<LogId, Entry>()
  const loading = new Map<LogId, Promise<HeldLog>>()
  let cursor: string | undefined
  let polling: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  /** Logs that are read because somebody named them, and whether they were named again meanwhile. */
  const hurrying = new Map<LogId, boolean>()
  let unwatch: (() => void) | undefined
  let comparedAt = ports.now()
  /** The time of the last poll: near enough to tell idle logs, and free on the hot path. */
  let polledAt = comparedAt
  let stopped = false
  const saves = new Set<Promise<void>>()
  const listeners = new Set<(log: LogId) => void>()
  const moved = (log: LogId): void => {
    for (const listener of listeners) listener(log)
  }
  /** Logs that could not be read when they were found to have moved on. */
  const behind = new Set<LogId>()

  /** Of all entries: kept in step, so that nothing that happens to one log walks over the others. */
  let total = 0

  const sizeOf = (held: HeldLog): number => 20_000 + held.state().table.ids.size * bytesPerResource

  const measure = (entry: Entry): void => {
    const bytes = sizeOf(entry.held)
    total += bytes - entry.bytes
    entry.bytes = bytes
  }

  const droppings: (() => void)[] = []
  const drop = (log: LogId): void => {
    const entry = entries.get(log)
    if (entry === undefined) return
    total -= entry.bytes
    entries.delete(log)
    for (const listener of droppings) listener()
  }

  const makeRoom = (): void => {
    if (total <= options.maximumBytes) return
    const pinned = new Set(options.pinned())
    const idle = [...entries].filter(([log]) => !pinned.has(log)).sort(([, a], [, b]) => a.usedAt - b.usedAt)
    for (const [log, entry] of idle) {
      if (total <= options.maximumBytes || entry.usedAt > ports.now() - idleMillis) return
      drop(log)
    }
  }

  const load = async (log: LogId): Promise<HeldLog> => {
    const sealed = await options.open(log)
    const loaded = await (options.load?.(log, sealed) ?? loadLog(sealed, undefined, options.onError))
    const held = holdLog(sealed, loaded, ports, moved, options.turns, options.whereabouts)
    if (loaded.state.movedTo !== undefined) await held.catchUp()
    const entry: Entry = { held, usedAt: ports.now(), bytes: 0 }
    drop(log)
    entries.set(log, entry)
    measure(entry)
    makeRoom()
    maybeSnapshot(held)
    return held
  }

  const maybeSnapshot = (held: HeldLog): void => {
    if (held.commitsSinceSnapshot() < snapshotEvery || stopped) return
    const save = held
      .saveSnapshot()
      .catch(options.onError)
      .finally(() => saves.delete(save))
    saves.add(save)
  }

  const hold = (log: LogId): Promise<HeldLog> => {
    const entry = entries.get(log)
    if (entry !== undefined) {
      entry.usedAt = ports.now()
      return Promise.resolve(entry.held)
    }
    if (stopped) return Promise.reject(new KonfigError(failure('unavailable', { what: 'This node', seconds: 1 })))
    let promise = loading.get(log)
    if (promise === undefined) {
      promise = load(log).finally(() => loading.delete(log))
      loading.set(log, promise)
    }
    return promise
  }

  const refresh = async (entry: Entry): Promise<void> => {
    await entry.held.catchUp()
    if (entries.get(entry.held.log) === entry) measure(entry)
  }

  /** One log that was erased, or cannot be read, keeps nobody from following the others; it is tried again at the next poll. */
  const follow = async (log: LogId, entry: Entry): Promise<void> => {
    try {
      await refresh(entry)
      behind.delete(log)
    } catch (reason) {
      if (reason instanceof KonfigError && reason.failure.code === 'log_erased') {
        drop(log)
        behind.delete(log)
        options.erased?.(log)
        return
      }
      behind.add(log)
      options.onError(reason)
    }
  }

  const pollOnce = async (): Promise<void> => {
    polledAt = ports.now()
    const answer = await journal.changedSince(cursor)
    const stale = new Set<LogId>()
    for (const { log, head } of answer.changed) {
      const entry = entries.get(log)
      if (entry !== undefined && (head === 'erased' || entry.held.head().revision < head)) stale.add(log)
      // Its tail may have been read a moment before: it is looked at again when it is there.
      if (loading.has(log)) behind.add(log)
    }
    if (cursor === undefined || ports.now() - comparedAt > compareMillis) {
      comparedAt = ports.now()
      const headOf = (log: LogId) => journal.head(log).catch(() => undefined)
      for (const [log, { held }] of entries) if ((await headOf(log)) !== held.head().revision) stale.add(log)
    }
    for (const log of [...stale, ...behind]) {
      const entry = entries.get(log)
      if (entry !== undefined) await follow(log, entry)
      else if (!loading.has(log)) behind.delete(log)
    }
    cursor = answer.cursor
    // Commits of this node are among them.
    for (const { log } of answer.changed) {
      const entry = entries.get(log)
      if (entry === undefined) continue
      maybeSnapshot(entry.held)
      measure(entry)
    }
    makeRoom()
  }

  const poll = (): Promise<void> => {
    polling ??= pollOnce().finally(() => {
      polling = undefined
    })
    return polling
  }
  const hints = openHints({
    poll: () => poll().catch(options.onError),
    polling: () => polling !== undefined,
    longest: pollMillis,
  })

  /** Reads a log that is said to have changed, without asking the journal which have: polling finds what nobody said. */
  const hurry = async (log: LogId): Promise<void> => {
    if (hurrying.has(log)) {
      hurrying.set(log, true)
      return
    }
    for (let again = true; again && !stopped; again = hurrying.get(log) === true) {
      const entry = entries.get(log)
      if (entry === undefined) {
        if (loading.has(log)) behind.add(log)
        break
      }
      hurrying.set(log, false)
      await follow(log, entry)
    }
    hurrying.delete(log)
  }

  const tick = (): void => {
    timer = setTimeout(() => {
      poll()
        .catch(options.onError)
        .finally(() => {
          if (!stopped) tick()
        })
    }, pollMillis)
    timer.unref()
  }

  return {
    hold,
    held: (log) => {
      const entry = entries.get(log)
      if (entry === undefined) return undefined
      entry.usedAt = polledAt
      return entry.held
    },
    forget: drop,
    sealed: options.open,
    poll,
    start: () => {
      unwatch = journal.watch((named) => {
        if (stopped) return
        if (named === undefined) hints.heard()
        else for (const log of named) void hurry(log)
      })
      tick()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      hints.stop()
      unwatch?.()
      await polling?.catch(() => undefined)
      await Promise.all(saves)
    },
    count: () => entries.size,
    ids: () => [...entries.keys()],
    onDrop: (listener) => {
      droppings.push(listener)
    },
    onMove: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
