// Starts the server as a process: options from the environment, signals, and the one map of storage backends. Owns nothing else.
import { openServerLog } from './log/server-log.ts'
import { StartError } from './master.ts'
import { readOptions } from './options.ts'
import { type Adapters, start } from './start.ts'
import { openWhenThere } from './storage/wait.ts'

const complain = (text: string): void => {
  process.stderr.write(`${text}\n`)
}
const stopping = new AbortController()

/** A backend is loaded only when KONFIG_JOURNAL names it. */
const adapters: Adapters = {
  sqlite: async () => {
    const { openSqlite } = await import('@konfig/journal-sqlite')
    return (path, clock) => openSqlite({ path, clock })
  },
  postgres: async () => {
    const { CannotOpen, openPostgres } = await import('@konfig/journal-postgres')
    return async (url, clock, { migrate, log }) => {
      const open = () =>
        openPostgres({ url, migrateUrl: migrate, clock }).catch((reason: unknown) => {
          throw reason instanceof CannotOpen ? new StartError(reason.message, { cause: reason }) : reason
        })
      const what = `PostgreSQL at ${new URL(url).host}`
      const opened = await openWhenThere(open, { what, log, complain, signal: stopping.signal })
      for (const warning of opened.warnings) complain(`warning: ${warning}.`)
      return opened
    }
  },
}

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
  const starting = start(read.options, adapters, log, print)

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
  if (stopping.signal.aborted && !(reason instanceof StartError)) process.exit(0)
  complain(
    reason instanceof StartError
      ? `error: ${reason.message}`
      : `error: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
  )
  process.exit(1)
})
