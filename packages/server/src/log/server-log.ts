// The server log: structured lines on standard output. Owns level, shape and destination; what is secret never reaches it.
import pino from 'pino'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface ServerLog {
  readonly info: (message: string, facts?: object) => void
  readonly warn: (message: string, facts?: object) => void
  readonly error: (message: string, facts?: object) => void
  /** Takes lines that are ready. */
  readonly write: (lines: string) => void
  /** Which of several workers this is; it stands in every line. */
  readonly worker: number | undefined
  readonly infoEnabled: boolean
  readonly flush: () => void
}

/** What may be told of an error: its name, its message, where it was. A failure's own data stays out. */
export const factsOf = (reason: unknown): object =>
  reason instanceof Error
    ? { error: { name: reason.name, message: reason.message, stack: reason.stack } }
    : { error: { message: String(reason) } }

export const openServerLog = (
  level: LogLevel,
  destination: pino.DestinationStream = pino.destination({ fd: 1, sync: true }),
  worker?: number,
): ServerLog => {
  const log = pino(
    {
      level,
      base: worker === undefined ? null : { worker },
      formatters: { level: (label) => ({ level: label }) },
      redact: ['authorization', 'password', 'key', 'token'],
    },
    destination,
  )
  return {
    info: (message, facts = {}) => log.info(facts, message),
    warn: (message, facts = {}) => log.warn(facts, message),
    error: (message, facts = {}) => log.error(facts, message),
    write: (lines) => {
      destination.write(lines)
    },
    worker,
    infoEnabled: log.isLevelEnabled('info'),
    flush: () => log.flush(),
  }
}
