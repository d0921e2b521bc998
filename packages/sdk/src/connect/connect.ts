// `connect`: from options to a client that follows its values. Owns the beginning and the end of a client; each part has a file of its own.
import { readFile } from '../cache/file.ts'
import { type Keeper, openKeeper } from '../cache/keep.ts'
import { keptText, parseGiven, parseKept, readKept } from '../cache/text.ts'
import { unavailable } from '../errors.ts'
import { isRefusal, sentences, type Trouble } from '../life/answer.ts'
import { type Life, live } from '../life/run.ts'
import { freeze } from '../values/json.ts'
import { openMemory } from '../values/memory.ts'
import { formatPoint, isOlder, parsePoint, type Point } from '../values/point.ts'
import { type AllValues, nameIn, shapeValues } from '../values/scope.ts'
import type { Konfig, State } from './client.ts'
import { type Events, openEmitter } from './events.ts'
import { harmless, type LogEntry } from './hooks.ts'
import { type ConnectOptions, settle } from './options.ts'
import { openGetters } from './reader.ts'
import { openWatchers } from './watchers.ts'

/** Changes that come close together are saved together. */
const savedAfter = 1000

export const connect = async (options: ConnectOptions): Promise<Konfig> => {
  const { scope, asking, store, clock, random, pace } = settle(options)
  const memory = openMemory()
  const nameOf = nameIn(scope)
  const emitter = openEmitter()
  for (const [name, listener] of Object.entries(options.on ?? {}))
    if (listener !== undefined) emitter.on(name as keyof Events, listener as never)

  const log = (entry: LogEntry): void => {
    harmless(() => asking.hooks.log?.(entry))
  }
  const fault: (...given: Parameters<Events['error']>) => void = (event) => {
    log({ level: 'warn', message: event.message, code: event.code })
    emitter.emit('error', event)
  }
  const watchers = openWatchers((name, cause) => {
    fault({ code: 'listener_failed', message: `A watcher of ${name} threw.`, cause })
  })
  const keeper: Keeper | undefined =
    store &&
    openKeeper(
      store,
      () => keptText(scope, memory.values(), memory.origin()),
      (then) => clock.after(savedAfter, then),
      (cause) => {
        fault({ code: 'cache_unwritable', message: 'The last known values cannot be saved.', cause })
      },
    )

  let state: State = 'starting'
  let trouble: Trouble | undefined
  let detail: string | undefined
  let begun = false
  let all: AllValues | undefined
  let decided = (): void => undefined
  const waiting = new Set<{ readonly done: () => boolean; readonly resolve: () => void; readonly reject: () => void }>()
  const until = (done: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      if (state === 'closed') reject(unavailable('closed', 'This client is closed.'))
      else if (done()) resolve()
      else
        waiting.add({
          done,
          resolve,
          reject: () => {
            reject(unavailable('closed', 'This client was closed.'))
          },
        })
    })
  const look = (): void => {
    for (const each of waiting)
      if (each.done()) {
        waiting.delete(each)
        each.resolve()
      }
  }
  const pointNow = (): string | undefined => {
    const { point } = memory.origin()
    return point && formatPoint(point)
  }

  const stale = (reason: Trouble, said?: string): void => {
    if (state === 'closed') return
    const news = state !== 'stale' || trouble !== reason
    state = 'stale'
    trouble = reason
    detail = said
    if (news) {
      log({ level: 'warn', message: 'The values may be stale.', reason, detail })
      emitter.emit('stale', { reason, detail })
    }
    decided()
  }
  const wanted: { point: Point | undefined } = { point: undefined }
  const controller = new AbortController()

  const begin = async (): Promise<void> => {
    try {
      const text = await store?.load()
      const kept = text === undefined ? undefined : parseKept(scope, text)
      if (kept !== undefined) memory.recall(kept.values, kept.origin)
      else if (text !== undefined)
        fault({
          code: 'cache_unreadable',
          message: 'The kept values are spoilt or of something else; they are not used.',
        })
    } catch (cause) {
      fault({ code: 'cache_unreadable', message: 'The kept values cannot be read.', cause })
    }
    const { bootstrap } = options
    if (memory.holds() || bootstrap === undefined) return
    try {
      const text = typeof bootstrap === 'string' ? await readFile(bootstrap) : undefined
      const given = typeof bootstrap === 'string' ? parseGiven(scope, text ?? '') : readKept(scope, bootstrap)
      if (given === undefined)
        fault({ code: 'bootstrap_unreadable', message: 'The bootstrap is missing or holds no values.' })
      // Whatever the server says later counts for more.
      else memory.replace(given.values, { log: undefined, point: undefined })
    } catch (cause) {
      fault({ code: 'bootstrap_unreadable', message: 'The bootstrap cannot be read.', cause })
    }
  }
  await begin()

  const life: Life = live(
    {
      scope,
      memory,
      asking,
      clock,
      random,
      pace,
      streaming: options.streaming ?? true,
      wanted,
      listening: {
        fresh: () => {
          const news = state !== 'ready'
          state = 'ready'
          trouble = undefined
          if (news) {
            keeper?.note()
            log({ level: 'info', message: 'The values are those of the server.', point: pointNow() })
            emitter.emit('ready', { point: pointNow() })
          }
          look()
          decided()
        },
        moved: (difference) => {
          if (difference.changed.length + difference.removed.length === 0) return
          keeper?.note()
          if (!begun) return
          all = undefined
          const { changed, removed } = difference
          log({ level: 'debug', message: 'Values changed.', changed: changed.length, removed: removed.length })
          emitter.emit('change', { changed, removed, point: pointNow() })
          watchers.tell(difference, memory.get)
        },
        stale,
        complain: (code, message) => {
          fault({ code, message })
        },
      },
    },
    controller.signal,
  )

  const close = async (): Promise<void> => {
    if (state !== 'closed') {
      state = 'closed'
      controller.abort()
      for (const each of waiting) each.reject()
      waiting.clear()
    }
    await life.ended
    await keeper?.flush()
  }

  /** Until the server has answered, or it is clear that it will not in time. */
  await new Promise<void>((resolve) => {
    const late = clock.after(options.timeout ?? 10_000, () => {
      if (state === 'starting') stale('unreachable')
      finish()
    })
    const finish = (): void => {
      late()
      decided = () => undefined
      resolve()
    }
    decided = () => {
      if (state === 'ready' || memory.holds() || (trouble !== undefined && isRefusal(trouble))) finish()
    }
  })
  if (!memory.holds() && (options.otherwise ?? 'reject') === 'reject') {
    const why = trouble ?? 'unreachable'
    await close()
    throw unavailable(
      why,
      `No values could be had: ${sentences[why]}${detail === undefined ? '' : ` The server said: ${detail}`}`,
    )
  }
  begun = true

  return {
    ...openGetters(memory.values(), nameOf, (name, getter) => {
      fault({ code: 'type_mismatch', message: `The value of ${name} is no ${getter}; the default is used.` })
    }),
    getAll: () => (all ??= freeze(shapeValues(scope, memory.values()))),
    watch: (name, watcher) => watchers.add(nameOf(name), watcher),
    on: emitter.on,
    ready: () => until(() => state === 'ready'),
    reached: (text) => {
      const point = parsePoint(text)
      if (point === undefined) return Promise.reject(new TypeError('reached: a point looks like 812-450.'))
      const there = (): boolean => {
        const { point: now } = memory.origin()
        return !memory.guesses() && now !== undefined && !isOlder(now, point)
      }
      if (!there()) {
        wanted.point = point
        life.wake()
      }
      return until(there)
    },
    get state() {
      return state
    },
    get reason() {
      return trouble
    },
    get point() {
      return pointNow()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
