// Starts the server as a process, or as the parent of several: options from the environment, and signals. Owns nothing else.
import { openServerLog } from './log/server-log.ts'
import { type Options, readOptions } from './options.ts'
import { partsOf } from './parts.ts'
import { StartError } from './start-error.ts'
import { start } from './start.ts'
import { Stopped } from './storage/wait.ts'
import { startWorkers } from './workers/parent.ts'
import { shareOf } from './workers/share.ts'
import { joinWorkers } from './workers/worker.ts'

const complain = (text: string): void => {
  process.stderr.write(`${text}\n`)
}
const stopping = new AbortController()

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Ends with the last of the workers. */
const runParent = (options: Options): void => {
  const log = openServerLog(options.logLevel)
  const parent = startWorkers(options, log)
  const stop = (signal: string): void => {
    if (stopping.signal.aborted) return
    stopping.abort()
    log.info('Stopping', { signal })
    parent.stop()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('SIGHUP', parent.reloadTls)
  void parent.ended.then((code) => {
    if (stopping.signal.aborted) log.info('Stopped')
    process.exit(code)
  })
}

const run = async (): Promise<void> => {
  const worker = joinWorkers()
  const read = readOptions(process.env)
  if (!read.ok) {
    for (const problem of read.problems) complain(`error: ${problem}.`)
    process.exitCode = 2
    return
  }
  // What is said once is said by the parent, and by the first of its workers.
  if (worker === undefined) for (const warning of read.warnings) complain(`warning: ${warning}.`)
  if (worker === undefined && read.options.workers > 1) {
    runParent(read.options)
    return
  }
  const quiet = worker?.first === false
  const log = openServerLog(read.options.logLevel, undefined, worker?.number)
  const outside = { log, complain: quiet ? () => undefined : complain, signal: stopping.signal }
  const options = shareOf(read.options, worker?.of ?? 1)
  const starting = start(options, partsOf(outside), log, quiet ? () => undefined : print, worker)

  // In force from the first moment: one that is still starting stops once it has started, so that nothing is cut off half made.
  const stop = (signal: string): void => {
    if (stopping.signal.aborted) return
    stopping.abort()
    log.info('Stopping', { signal })
    starting.then(
      (running) =>
        running.stop().then(
          () => {
            log.info('Stopped')
            process.exit(0)
          },
          () => process.exit(1),
        ),
      () => undefined,
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('SIGHUP', () => {
    starting
      .then((running) => running.reloadTls())
      .then(
        () => log.info('Certificate read again'),
        () => log.error('The certificate could not be read again; the old one stays in use'),
      )
  })
  await starting
  worker?.ready()
}

run().catch((reason: unknown) => {
  // Told to stop while it still waited for its store: nothing was open yet.
  if (reason instanceof Stopped) process.exit(0)
  complain(
    reason instanceof StartError
      ? `error: ${reason.message}`
      : `error: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
  )
  process.exit(1)
})
