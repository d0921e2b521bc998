// One stream, from asking until it ends. Owns what its events do to the memory and when it counts as dead; decides no waiting.
import { readText, send } from '../connect/request.ts'
import { decode } from '../stream/decode.ts'
import { type Message, openParser } from '../stream/parse.ts'
import { formatPoint } from '../values/point.ts'
import { type Attempt, failedBy } from './answer.ts'
import { deadline, type Follower, largestAnswer, minimumPoint, streamQuery, settleWanted } from './follower.ts'
import { notOlder, withoutMinimum } from './poll.ts'

/** What is remembered from one stream to the next. */
export interface StreamMemory {
  /** Whether the next one may continue where the last one stopped; not after something was not understood. */
  resumes: boolean
  /** How many in a row began with garbage. */
  spoilt: number
  /** What the server asked to wait before coming back, in milliseconds. */
  retry: number | undefined
}

export const newStreamMemory = (): StreamMemory => ({ resumes: true, spoilt: 0, retry: undefined })

const unsuited: Attempt = { kind: 'unsuited' }

/** After garbage a change may be missing, so the next stream begins with everything; after the second, polling is safer. */
const garbage = (follower: Follower, kept: StreamMemory): Attempt => {
  kept.resumes = false
  kept.spoilt += 1
  follower.listening.complain('garbage', 'The stream said something that is no event of Konfig.')
  return kept.spoilt > 1 ? unsuited : { kind: 'failed', trouble: 'garbage' }
}

/** Takes one message; an attempt where the stream is over with it. */
const take = (
  follower: Follower,
  kept: StreamMemory,
  here: { log: string | undefined },
  message: Message,
): Attempt | 'heard' | 'ignored' => {
  const { scope, memory, listening } = follower
  if (message.type === 'retry') {
    kept.retry = message.millis
    return 'ignored'
  }
  if (message.type === 'too_large') return garbage(follower, kept)
  const update = decode(scope, message)
  switch (update.type) {
    case 'garbage':
      return garbage(follower, kept)
    case 'unknown':
      return 'ignored'
    case 'revoked':
      return { kind: 'failed', trouble: 'revoked' }
    case 'sync': {
      // After a restore the log is another one, within the same stream.
      here.log = update.log ?? here.log
      const difference = memory.replace(update.values, { log: here.log, point: update.point })
      if (difference === 'older') return notOlder(follower)
      listening.moved(difference)
      break
    }
    case 'change': {
      const difference = memory.amend(update.changed, update.removed, { log: here.log, point: update.point })
      if (difference === 'older') return notOlder(follower)
      if (difference === 'apart') return garbage(follower, kept)
      listening.moved(difference)
      break
    }
    case 'same': {
      // A heartbeat before anything was taken from this log says nothing about what is held.
      if (!memory.holds() || here.log === undefined || memory.origin().log !== here.log) return 'ignored'
      if (memory.confirm({ log: here.log, point: update.point }) === 'older') return notOlder(follower)
    }
  }
  kept.resumes = true
  kept.spoilt = 0
  settleWanted(follower)
  listening.fresh()
  return 'heard'
}

const isStream = (response: Response): boolean =>
  (response.headers.get('content-type') ?? '').toLowerCase().startsWith('text/event-stream')

/**
 * No stream is to be had here: the server or something on the way knows none, or the plan allows no more of them. A 404 of Konfig itself
 * says that what is followed does not exist. Where it is the question that is refused, the poll will be refused too, and says so.
 */
const saysNoStreams = ({ trouble, refusal }: Extract<Attempt, { kind: 'failed' }>): boolean =>
  refusal?.code !== 'point_ahead' &&
  (trouble === 'refused' ||
    refusal?.status === 501 ||
    (trouble === 'not_found' && (refusal?.code === undefined || refusal.code === 'route_not_found')))

export const streamOnce = async (follower: Follower, kept: StreamMemory, signal: AbortSignal): Promise<Attempt> => {
  const { asking, scope, memory, pace, clock } = follower
  const limit = deadline(clock, signal)
  const began = clock.now()
  let heard = false
  const lost = (): Attempt =>
    heard
      ? { kind: 'ended', lived: clock.now() - began }
      : limit.expired()
        ? unsuited
        : { kind: 'failed', trouble: 'unreachable' }
  limit.within(pace.firstEvent)
  try {
    const { log, point } = memory.origin()
    const resumes = kept.resumes && log !== undefined && point !== undefined
    const { response, end } = await send(asking, {
      path: '/api/v1/stream',
      query: { ...streamQuery(scope), log: resumes ? log : undefined },
      headers: {
        accept: 'text/event-stream',
        'last-event-id': resumes ? formatPoint(point) : undefined,
        'konfig-min-point': minimumPoint(follower),
      },
      signal: limit.signal,
    })
    try {
      if (response.status !== 200) {
        const text = await readText(response, largestAnswer)
        const failed = failedBy(response.status, response.headers, text ?? '')
        return saysNoStreams(failed) ? unsuited : withoutMinimum(follower, failed)
      }
      if (!isStream(response) || response.body === null) return unsuited
      const here = { log: response.headers.get('konfig-log') ?? undefined }
      const parser = openParser(largestAnswer)
      const reader = response.body.getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return heard ? lost() : { kind: 'failed', trouble: 'unreachable' }
        if (signal.aborted) return lost()
        for (const message of parser.push(value)) {
          const outcome = take(follower, kept, here, message)
          if (typeof outcome === 'object') return outcome
          if (outcome === 'heard') heard = true
        }
        // A large first event may take its time, as long as more of it comes.
        limit.within(heard ? pace.silence : pace.firstEvent)
      }
    } finally {
      end()
    }
  } catch {
    return lost()
  } finally {
    limit.end()
  }
}
