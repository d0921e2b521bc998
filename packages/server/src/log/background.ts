// What fails behind no request, as lines of the server log. What is merely away is told when it goes and when it is back, with how long it was;
// in between it is asked twice a second and more, and would say the same each time.
import { KonfigError } from '@konfig/core'
import { factsOf, type ServerLog } from './server-log.ts'

/** As the journal names itself in what it refuses. */
const journalName = 'The journal'

export interface Background {
  readonly failed: (reason: unknown) => void
  readonly close: () => void
}

interface Away {
  readonly since: number
  /** The last failure: what falls silent is looked at, and perhaps back. */
  last: number
  times: number
}

/** Looked at so often whether it is back. */
const lookMillis = 1000
/** Nobody failed for so long: more than four rounds of whoever asks twice a second. */
const quietMillis = 2500

const rootOf = (reason: unknown): unknown =>
  reason instanceof Error && reason.cause !== undefined ? rootOf(reason.cause) : reason

const whyOf = (reason: unknown): object => {
  const root = rootOf(reason)
  return root instanceof Error && root !== reason ? { why: root.message } : {}
}

const nameOf = (reason: unknown): string | undefined => {
  if (!(reason instanceof KonfigError) || reason.failure.code !== 'unavailable') return undefined
  const { what } = reason.failure.data
  return typeof what === 'string' ? what : 'Something'
}

/** It says by itself what is the matter, and where it was thrown tells nobody more. */
const isForPeople = (reason: unknown): reason is KonfigError =>
  reason instanceof KonfigError && reason.failure.category !== 'bug'

/** `journalAnswers` rejects while the journal is away; of anything else silence must do. */
export const openBackground = (
  log: Pick<ServerLog, 'info' | 'error'>,
  journalAnswers: () => Promise<void>,
  now: () => number = Date.now,
): Background => {
  const away = new Map<string, Away>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const isBack = async (name: string, each: Away): Promise<boolean> => {
    if (now() - each.last < quietMillis) return false
    const before = each.times
    try {
      if (name === journalName) await journalAnswers()
    } catch {
      return false
    }
    return each.times === before
  }

  const look = async (): Promise<void> => {
    for (const [name, each] of away) {
      if (!(await isBack(name, each)) || closed) continue
      away.delete(name)
      log.info(`${name} is back`, { awayMillis: now() - each.since, failures: each.times })
    }
    timer = undefined
    if (away.size > 0) lookLater()
  }

  const lookLater = (): void => {
    if (timer !== undefined || closed) return
    timer = setTimeout(() => {
      look().catch((reason: unknown) => log.error('Looking whether all is back failed', factsOf(reason)))
    }, lookMillis)
    timer.unref()
  }

  return {
    failed: (reason) => {
      const name = nameOf(reason)
      if (name === undefined && isForPeople(reason)) {
        log.error(reason.failure.detail, { code: reason.failure.code })
        return
      }
      if (name === undefined) {
        log.error('Something in the background failed', factsOf(reason))
        return
      }
      const known = away.get(name)
      if (known !== undefined) {
        known.last = now()
        known.times += 1
        return
      }
      away.set(name, { since: now(), last: now(), times: 1 })
      log.error(`${name} is away`, whyOf(reason))
      lookLater()
    },
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}
