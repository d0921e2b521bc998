// Starts the server as a process: options from the environment, and signals. Owns nothing else.
import { openServerLog } from './log/server-log.ts'
import { readOptions } from './options.ts'
import { partsOf } from './parts.ts'
import { StartError } from './start-error.ts'
import { start } from './start.ts'
import { Stopped } from './storage/wait.ts'

const complain = (text: string): void => {
  process.stderr.write(`${text}\n`)
}
const stopping = new AbortController()

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const run = async (): Promise<void> => {
  const read = readOptions(process.env)
  if (!read.ok) {
    for (const problem of read.problems) complain(`error: ${problem}.`)
    process.exitCode = 2
    return
  }
  for (const warning of read.warnings) complain(`warning: ${warning}.`)
  const log = openServerLog(read.options.logLevel)
  const starting = start(read.options, partsOf({ log, complain, signal: stopping.signal }), log, print)

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
