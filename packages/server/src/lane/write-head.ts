// The head of a hot answer, as text: put together from pieces that hold for long, because node:http looks at every header of every answer anew.
// Owns no header: names, values and order are those of `answerHeaders`, and behind them what node:http adds to every answer that keeps its connection.
import { STATUS_CODES } from 'node:http'
import { answerHeaders, type Fixed, jsonMediaType, keepAliveSeconds, readCacheControl } from '../headers.ts'
import { type Desk, leftOf, rateOf, rateStart } from '../limits/desk.ts'
import { flat } from './flat.ts'

export type ReadStatus = 200 | 304

export interface Described {
  readonly etag: string
  readonly length: number
}

/** Everything up to the body. `now` is the time of the answer. */
export type WriteHead = (status: ReadStatus, requestId: string, desk: Desk, content: Described, now: number) => string

const linesOf = (headers: readonly string[]): string => {
  let text = ''
  for (let at = 0; at < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`
  return text
}

/** Of one byte, and in no header. */
const mark = '\0'

const formOf = (fixed: Fixed, status: ReadStatus) => {
  const opening = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`
  const mediaType = status === 304 ? undefined : jsonMediaType
  const whole = (
    requestId: string,
    desk: Pick<Desk, 'policy' | 'point' | 'log'>,
    rate: string | undefined,
    content: Described,
  ) =>
    opening +
    linesOf(
      answerHeaders(
        fixed,
        requestId,
        { policy: desk.policy, rate, point: desk.point, log: desk.log },
        { etag: content.etag, cacheControl: readCacheControl, mediaType, length: content.length },
      ),
    )
  const marked = whole(mark, { policy: mark, point: mark, log: mark }, mark, { etag: mark, length: 0 })
  const [beforeId = '', policy = '', point = '', log = '', rate = '', beforeTag = '', behindTag = ''] = marked
    .split(mark)
    .map(flat)
  return {
    whole,
    beforeId,
    standing: { policy, point, log, rate },
    beforeTag,
    /** Without the length, which is 0 here, and the end of its line. */
    behindTag: status === 304 ? '' : flat(behindTag.slice(0, -'0\r\n'.length)),
  }
}

export const headWriter = (fixed: Fixed): WriteHead => {
  const found = formOf(fixed, 200)
  const unchanged = formOf(fixed, 304)
  const { standing } = found
  let second = -1
  let ending = ''

  /** The same for all answers of a second. */
  const endingAt = (now: number): string => {
    const at = Math.floor(now / 1000)
    if (at !== second) {
      second = at
      ending = flat(
        `Date: ${new Date(now).toUTCString()}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}\r\n\r\n`,
      )
    }
    return ending
  }

  return (status, requestId, desk, content, now) => {
    const form = status === 304 ? unchanged : found
    if (desk.policy === undefined || desk.log === undefined)
      return (
        form.whole(requestId, desk, desk.policy === undefined ? undefined : rateOf(desk, now), content) + endingAt(now)
      )
    desk.head ??= flat(
      `${standing.policy}${desk.policy}${standing.point}${desk.point}${standing.log}${desk.log}${standing.rate}${rateStart}`,
    )
    const before = `${form.beforeId}${requestId}${desk.head}${leftOf(desk, now)}${form.beforeTag}${content.etag}`
    return status === 304
      ? `${before}\r\n${endingAt(now)}`
      : `${before}${form.behindTag}${content.length}\r\n${endingAt(now)}`
  }
}
