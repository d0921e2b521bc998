// One poll: asks for all values, with the entity tag of what is held. Owns what a 200 and a 304 mean; decides no waiting.
import { readText, send } from '../connect/request.ts'
import { isObject } from '../values/json.ts'
import { parsePoint } from '../values/point.ts'
import { readValues } from '../values/scope.ts'
import { type Attempt, failedBy } from './answer.ts'
import { deadline, type Follower, largestAnswer, minimumPoint, pollQuery, settleWanted } from './follower.ts'

const unreachable: Attempt = { kind: 'failed', trouble: 'unreachable' }
const spoilt: Attempt = { kind: 'failed', trouble: 'garbage' }

const valuesIn = (text: string): unknown => {
  try {
    const answer: unknown = JSON.parse(text)
    return isObject(answer) ? answer['values'] : undefined
  } catch {
    return undefined
  }
}

/** The server holds less than this client has seen: in an equal log that must not be believed. What was only kept may be spoilt: all is asked for. */
export const notOlder = (follower: Follower): Attempt => {
  if (follower.memory.guesses()) {
    follower.memory.doubt()
    return { kind: 'again' }
  }
  follower.wanted.point = follower.memory.origin().point
  follower.listening.complain('older', 'The server answered with an older state than was seen before; it is not taken.')
  return { kind: 'failed', trouble: 'older' }
}

/** A point that was asked for lies beyond the log: it may be another log by now, so the next answer is looked at as it is. */
export const withoutMinimum = (follower: Follower, attempt: Attempt): Attempt => {
  if (attempt.kind !== 'failed' || attempt.refusal?.code !== 'point_ahead' || follower.wanted.point === undefined)
    return attempt
  follower.wanted.point = undefined
  return { kind: 'again' }
}

const taken = (follower: Follower, response: Response, text: string): Attempt => {
  const { memory, scope, listening } = follower
  const origin = {
    log: response.headers.get('konfig-log') ?? undefined,
    point: parsePoint(response.headers.get('konfig-point')),
  }
  if (response.status === 304) {
    if (memory.confirm(origin) === 'older') return notOlder(follower)
  } else {
    const values = readValues(scope, valuesIn(text))
    if (values === undefined) return spoilt
    const difference = memory.replace(values, origin, response.headers.get('etag') ?? undefined)
    if (difference === 'older') return notOlder(follower)
    listening.moved(difference)
  }
  settleWanted(follower)
  listening.fresh()
  return { kind: 'polled' }
}

export const pollOnce = async (follower: Follower, signal: AbortSignal): Promise<Attempt> => {
  const { asking, scope, memory, pace, clock } = follower
  const limit = deadline(clock, signal)
  limit.within(pace.answer)
  try {
    const { response, end } = await send(asking, {
      path: '/api/v1/values',
      query: pollQuery(scope),
      headers: {
        accept: 'application/json',
        'if-none-match': memory.etag(),
        'konfig-min-point': minimumPoint(follower),
      },
      signal: limit.signal,
    })
    try {
      const text = await readText(response, largestAnswer, () => {
        limit.within(pace.answer)
      })
      if (text === undefined) return spoilt
      if (response.status === 200 || (response.status === 304 && memory.etag() !== undefined))
        return taken(follower, response, text)
      return withoutMinimum(follower, failedBy(response.status, response.headers, text))
    } finally {
      end()
    }
  } catch {
    return unreachable
  } finally {
    limit.end()
  }
}
