// One line for each request in the server log: built by hand and written in bulk, because there are so many.
// Never holds a body, a query, a credential or an address.

export interface AccessLog {
  /** For what is asked again and again. `facts` are of `factsOfRequest`; `seconds` is how long the answer took, `time` when it was. */
  readonly plain: (id: string, facts: string, seconds: number, time: number) => void
  readonly line: (id: string, method: string, path: string, route: string, status: number, seconds: number) => void
  readonly flush: () => void
}

const flushMillis = 200
/** Lines wait as bytes: a text that grows by thousands of pieces would be walked by every collection of garbage. */
const mostWaiting = 64 * 1024
/** Written at once by one of several processes on one pipe, so much is not torn apart by another's lines. */
const mostTogether = 4096
/** Of one character in UTF-8. */
const mostBytes = 3

const hundredths: readonly string[] = Array.from({ length: 1000 }, (_, each) => (each / 100).toFixed(2))
/** Milliseconds with two digits behind the point. */
const millisOf = (seconds: number): string => hundredths[Math.round(seconds * 1e5)] ?? (seconds * 1000).toFixed(2)

/** What a line says of a request but for its id and how long it took. The path must need no escaping. */
export const factsOfRequest = (method: string, path: string, route: string, status: number): string =>
  `","method":"${method}","path":"${path}","route":"${route}","status":${status},"ms":`

/** `write` takes whole lines. A line that was not yet written when the process is killed is lost: this is no audit. */
export const openAccessLog = (
  write: (lines: string) => void,
  enabled: boolean,
  now: () => number,
  worker?: number,
): AccessLog => {
  const who = worker === undefined ? '' : `"worker":${worker},`
  const most = worker === undefined ? mostWaiting : mostTogether
  const waiting = Buffer.allocUnsafe(most)
  let used = 0
  let timer: NodeJS.Timeout | undefined
  let told = 0
  let opening = ''

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (used === 0) return
    const lines = waiting.toString('utf8', 0, used)
    used = 0
    write(lines)
  }
  const add = (line: string): void => {
    if (used + line.length * mostBytes > most) flush()
    if (line.length * mostBytes > most) {
      write(line)
      return
    }
    used += waiting.write(line, used, 'utf8')
    if (timer === undefined) {
      timer = setTimeout(flush, flushMillis)
      timer.unref()
    }
  }
  /** The same for all lines of a millisecond. */
  const openingAt = (time: number): string => {
    if (time !== told) {
      told = time
      opening = `{"level":"info","time":${time},${who}"msg":"request","requestId":"`
    }
    return opening
  }
  const plain: AccessLog['plain'] = (id, facts, seconds, time) => {
    add(`${openingAt(time)}${id}${facts}${millisOf(seconds)}}\n`)
  }
  if (!enabled) return { plain: () => undefined, line: () => undefined, flush }
  return {
    plain,
    line: (id, method, path, route, status, seconds) => {
      const escaped = JSON.stringify(path.slice(0, 1024)).slice(1, -1)
      const facts = factsOfRequest(/^[A-Z]{1,10}$/.test(method) ? method : 'OTHER', escaped, route, status)
      plain(id, facts, seconds, now())
    },
    flush,
  }
}
