// The parent of several workers: takes the port and hands connections round, starts one worker first and the others when it serves, replaces
// those that end or do not answer any more, and passes on what they say. Opens no storage and answers no request, so that nothing of those can end it.
import cluster, { type Worker as Process } from 'node:cluster'
import type { Options } from '../options.ts'
import type { ServerLog } from '../log/server-log.ts'
import { closeUntaken } from './handed.ts'
import { mergeMetrics } from './merge-metrics.ts'
import { type FromParent, type FromWorker, placeVariable, readMessage } from './message.ts'
import { openPace, type Pace } from './pace.ts'
import { openPulse, type Pulse, questions } from './pulse.ts'

interface Seat {
  readonly number: number
  readonly pace: Pace
  process: Process | undefined
  startedAt: number
  pulse: Pulse
  /** It was given up, and people were told. */
  lost: boolean
}

/** Beyond what a worker takes to drain by itself. */
const graceMillis = 5000
const gatherMillis = 2000

export interface Parent {
  /** The process's exit code, once all workers have ended. */
  readonly ended: Promise<number>
  readonly stop: () => void
  readonly reloadTls: () => void
}

const send = (to: Process | undefined, message: FromParent): void => {
  if (to?.isConnected() === true) to.send(message, () => undefined)
}

export const startWorkers = (options: Options, log: ServerLog): Parent => {
  const { workers: count } = options
  const askMillis = (options.workerSilenceSeconds * 1000) / questions
  const seats: readonly Seat[] = Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    pace: openPace(),
    process: undefined,
    startedAt: 0,
    pulse: openPulse(askMillis),
    lost: false,
  }))
  const ended = Promise.withResolvers<number>()
  const gathering = new Map<number, (seat: Seat, text: string) => void>()
  const timers = new Set<NodeJS.Timeout>()
  let settled = false
  let stopping = false
  let code = 0
  let replaced = 0
  let serving = 0
  let lastGather = 0

  const later = (millis: number, run: () => void): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, millis)
    timers.add(timer)
    return timer
  }

  const living = (): readonly Seat[] => seats.filter((seat) => seat.process !== undefined)

  const gather = (asking: Process, id: number): void => {
    lastGather += 1
    const own = lastGather
    const texts = new Map<string, string>()
    const asked = living().filter((seat) => seat.process?.isConnected() === true)
    const finish = (): void => {
      clearTimeout(timer)
      timers.delete(timer)
      if (!gathering.delete(own)) return
      const sorted = new Map([...texts].toSorted(([a], [b]) => Number(a) - Number(b)))
      const about = `# HELP konfig_workers_replaced_total Workers that ended and were replaced.\n# TYPE konfig_workers_replaced_total counter\nkonfig_workers_replaced_total ${replaced}\n`
      send(asking, { type: 'gathered', id, text: mergeMetrics(sorted) + about })
    }
    const timer = later(gatherMillis, finish)
    gathering.set(own, (seat, text) => {
      texts.set(String(seat.number), text)
      if (texts.size === asked.length) finish()
    })
    for (const seat of asked) send(seat.process, { type: 'metrics', id: own })
  }

  /** What a worker that is lost had under way goes as with any that dies: not answered, and settled when it is asked again. */
  const lookAfter = (): void => {
    if (stopping) return
    for (const seat of living()) {
      if (seat.lost) continue
      seat.lost = seat.pulse.isLost()
      if (!seat.lost) {
        send(seat.process, { type: 'are you there' })
        continue
      }
      log.error(
        'A worker does not answer any more; it is ended and replaced. Its last lines show what it was at. If nothing had stopped it, such as a debugger, please report it with them',
        { worker: seat.number, pid: seat.process?.process.pid, silentSeconds: options.workerSilenceSeconds },
      )
      seat.process?.process.kill('SIGKILL')
    }
  }

  const hear = (seat: Seat, from: Process, given: unknown): void => {
    // One that was replaced may still be heard.
    if (seat.process === from) seat.pulse.heard()
    const message = readMessage<FromWorker>(given)
    if (message?.type === 'said') {
      for (const other of seats) if (other !== seat) send(other.process, message)
    }
    if (message?.type === 'metrics') gathering.get(message.id)?.(seat, message.text)
    if (message?.type === 'gather') gather(from, message.id)
    if (message?.type === 'ready') ready()
  }

  const ready = (): void => {
    serving += 1
    if (serving === count) log.info('All workers serve', { workers: count })
    if (settled) return
    settled = true
    for (const seat of seats.slice(1)) if (!stopping) begin(seat)
  }

  const end = (seat: Seat, exitCode: number | null, signal: string | null): void => {
    seat.process = undefined
    if (!settled || stopping) {
      // One that was told to stop before it listened for that is ended by the signal itself.
      const clean = exitCode === 0 || (stopping && signal === 'SIGTERM')
      if (!clean) code = exitCode ?? 1
      if (!settled || living().length === 0) {
        for (const timer of timers) clearTimeout(timer)
        ended.resolve(code)
      }
      return
    }
    replaced += 1
    const wait = seat.pace.next(performance.now() - seat.startedAt)
    if (!seat.lost)
      log.error('A worker ended and is replaced', { worker: seat.number, code: exitCode, signal, inMillis: wait })
    later(wait, () => begin(seat))
  }

  const begin = (seat: Seat): void => {
    const first = settled ? '' : ' first'
    const worker = cluster.fork({ [placeVariable]: `${seat.number}/${count}${first}` })
    seat.process = worker
    seat.startedAt = performance.now()
    seat.pulse = openPulse(askMillis)
    seat.lost = false
    closeUntaken(worker.process)
    worker.on('message', (message: unknown) => hear(seat, worker, message))
    worker.process.on('exit', (exitCode, signal) => end(seat, exitCode, signal))
    // Where there is no process at all, nobody tells of its end.
    worker.on('error', () => {
      if (worker.process.pid === undefined) end(seat, null, null)
    })
  }

  // What they print goes where ours goes, and past us: a parent that is busy holds nobody up.
  cluster.setupPrimary({ stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [first] = seats
  if (first !== undefined) begin(first)
  if (options.workerSilenceSeconds > 0) setInterval(lookAfter, askMillis).unref()

  return {
    ended: ended.promise,
    stop: () => {
      stopping = true
      for (const timer of timers) clearTimeout(timer)
      for (const { process } of living()) process?.process.kill('SIGTERM')
      if (living().length === 0) ended.resolve(code)
      setTimeout(
        () => {
          for (const { process } of living()) process?.process.kill('SIGKILL')
        },
        (options.leaveSeconds + options.drainSeconds) * 1000 + graceMillis,
      ).unref()
    },
    reloadTls: () => {
      for (const { process } of living()) process?.process.kill('SIGHUP')
    },
  }
}
